// Stands for UI5's own module in the build. All themes are registered before the start (ui5.ts), and each style of a component that is loaded
// later registers the standard theme once more: for each of them UI5 would parse all properties again and have every component styled anew.

export function attachThemeRegistered(): void {
  // Nothing is ever told.
}

export function fireThemeRegistered(): void {
  // Nobody need know.
}
