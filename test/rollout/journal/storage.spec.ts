import { FolderStorage } from "../../../rollout/journal/folderStorage";
import { MemoryStorage } from "../../../rollout/journal/memoryStorage";
import { temporaryFolder } from "./support/folder";
import { keeps } from "./support/storageContract";

keeps("in memory", () => new MemoryStorage());

const where = temporaryFolder();
keeps("in a folder", () => new FolderStorage(where.path));
