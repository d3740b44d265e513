// Stands in the build for the module of webcomponents-react that lists all 1,528 parameters of a theme: each is the CSS variable of its name.

export const ThemingParameters = new Proxy<Record<string, string>>({}, { get: (_, name) => `var(--${String(name)})` });
