import hooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";

export default tseslint.config(
  { ignores: ["src/api/schema.d.ts", "src/words/delivered/**", "target/**", "build/**"] },
  ...tseslint.configs.strictTypeChecked,
  hooks.configs.flat["recommended-latest"],
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "no-restricted-imports": [
        "error",
        {
          // A package's root brings all of it along.
          paths: ["@ui5/webcomponents-react", "@ui5/webcomponents", "@ui5/webcomponents-fiori", "@ui5/webcomponents-icons/dist/AllIcons.js"],
        },
      ],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/consistent-type-definitions": ["error", "type"],
      "@typescript-eslint/no-confusing-void-expression": "off",
      "@typescript-eslint/no-empty-object-type": "off",
    },
  },
  {
    // A service's folder knows the house and itself, no other service.
    files: ["src/*-service/**"],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          paths: ["@ui5/webcomponents-react", "@ui5/webcomponents", "@ui5/webcomponents-fiori", "@ui5/webcomponents-icons/dist/AllIcons.js"],
          patterns: [{ regex: "^\\.\\./[a-z0-9-]+-service", message: "A service's folder imports no other service." }],
        },
      ],
    },
  },
);
