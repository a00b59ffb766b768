import type { Node } from "../../node";

/** The statements of an IAM policy; one that is not in a list counts, too. */
export function statementsOf(document: Node | undefined): Node[] {
  if (document === undefined) {
    return [];
  }
  const list = document.list("Statement");
  return Array.isArray(document.get("Statement")) ? list : document.nodes("Statement");
}

/** Whether a statement allows something, rather than denying it. */
export function allows(statement: Node): boolean {
  return statement.text("Effect") === "Allow";
}

/** Whether a statement is for everybody: `*`, or `*` of AWS. */
export function isForEverybody(statement: Node): boolean {
  const principals = [...statement.texts("Principal"), ...statement.texts("Principal.AWS")];
  return principals.includes("*") || statement.has("NotPrincipal");
}

/** Whether a statement is limited by a condition. */
export function isConditional(statement: Node): boolean {
  return statement.keys("Condition").length > 0;
}

/** Whether a policy denies everybody what comes without TLS. */
export function deniesClearText(document: Node | undefined): boolean {
  return statementsOf(document).some(
    (statement) =>
      statement.text("Effect") === "Deny" &&
      isForEverybody(statement) &&
      statement.texts("Action").some((action) => action === "*" || action === "s3:*") &&
      statement.texts("Condition.Bool.aws:SecureTransport").includes("false"),
  );
}
