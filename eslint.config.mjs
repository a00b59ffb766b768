import tseslint from "typescript-eslint";

export default tseslint.config(
  { ignores: ["node_modules/", "coverage/"] },
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      "@typescript-eslint/consistent-type-imports": ["error", { disallowTypeAnnotations: false }],
      "@typescript-eslint/no-floating-promises": "error",
      eqeqeq: "error",
      // A layer, and with it the SDKs of its clouds, is loaded where it is used (stacks/run.ts, stacks/providers.ts).
      "@typescript-eslint/no-require-imports": "off",
      // What it throws becomes a rejection: that is a reason to be async.
      "@typescript-eslint/require-await": "off",
    },
  },
  {
    // The rehearsal stands in for Pulumi and the clouds: nothing that meets the real ones may need it.
    files: ["{stacks,components,rollout,cost,graph,report,pulumi,files}/**/*.ts"],
    rules: { "no-restricted-imports": ["error", { patterns: ["**/rehearsal", "**/rehearsal/**"] }] },
  },
  {
    // Recorded graphs are plain JSON: a test that asserts on a path in one says by that what its shape is.
    files: ["test/**/*.ts"],
    rules: {
      "@typescript-eslint/no-base-to-string": "off",
      "@typescript-eslint/no-explicit-any": "off",
      "@typescript-eslint/no-unsafe-argument": "off",
      "@typescript-eslint/no-unsafe-assignment": "off",
      "@typescript-eslint/no-unsafe-call": "off",
      "@typescript-eslint/no-unsafe-member-access": "off",
      "@typescript-eslint/no-unsafe-return": "off",
      // What a program under test may do is not what this one does.
      "@typescript-eslint/prefer-promise-reject-errors": "off",
      "@typescript-eslint/unbound-method": "off",
    },
  },
);
