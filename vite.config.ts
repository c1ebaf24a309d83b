/**
 * Builds one page per mode into bot/static: `vite build --mode widget|widget-app|demo|console|studio`.
 *
 * The widget's two scripts run on pages of other people: each is one classic script (no globals, no modules,
 * so no CORS), in ASCII, because a host page need not declare a charset. A page of ours (`demo`, `console`, `studio`) is a folder
 * with an index.html, which becomes NAME.html with NAME.js and NAME.css beside it.
 */
import { existsSync, renameSync } from "node:fs";
import { resolve } from "node:path";
import { defineConfig, type Plugin, type UserConfig } from "vite";

const here = import.meta.dirname;
const out = resolve(here, "bot/static");

const scripts: Record<string, string> = {
  widget: "bot/widget/loader.ts",
  "widget-app": "bot/widget/app.tsx",
};

const pages: Record<string, string> = {
  demo: "bot/widget/demo",
  console: "handoff/console",
  studio: "bot/studio/pages",
};

const shared: UserConfig = {
  base: "/static/",
  publicDir: false,
  logLevel: "warn",
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
};

/** Rewrites every character beyond ASCII as an escape; safe in strings, templates and patterns, which is where they are. */
function ascii(): Plugin {
  return {
    name: "ascii",
    generateBundle: {
      order: "post",
      handler(_options, bundle) {
        for (const file of Object.values(bundle)) {
          if (file.type !== "chunk") continue;
          file.code = file.code.replace(
            /[^\x00-\x7f]/g,
            (unit) => "\\u" + unit.charCodeAt(0).toString(16).padStart(4, "0"),
          );
        }
      },
    },
  };
}

/** Gives a page's index.html the name of the page. */
function named(page: string): Plugin {
  return {
    name: "named",
    closeBundle() {
      const built = resolve(out, "index.html");
      if (existsSync(built)) renameSync(built, resolve(out, `${page}.html`));
    },
  };
}

function script(name: string, entry: string): UserConfig {
  return {
    ...shared,
    plugins: [ascii()],
    build: {
      outDir: out,
      emptyOutDir: false,
      target: "es2022",
      modulePreload: false,
      rolldownOptions: {
        input: resolve(here, entry),
        output: { format: "iife", entryFileNames: `${name}.js` },
      },
    },
  };
}

function page(name: string, folder: string): UserConfig {
  return {
    ...shared,
    root: resolve(here, folder),
    plugins: [named(name)],
    build: {
      outDir: out,
      emptyOutDir: false,
      target: "es2022",
      modulePreload: { polyfill: false },
      assetsInlineLimit: 0,
      cssCodeSplit: false,
      rolldownOptions: {
        input: resolve(here, folder, "index.html"),
        output: {
          entryFileNames: `${name}.js`,
          chunkFileNames: `${name}-[name].js`,
          assetFileNames: `${name}[extname]`,
        },
      },
    },
  };
}

export default defineConfig(({ mode }) => {
  if (scripts[mode]) return script(mode, scripts[mode]);
  if (pages[mode]) return page(mode, pages[mode]);
  throw new Error(`no page is called ${mode}; the pages are ${Object.keys({ ...scripts, ...pages }).join(", ")}`);
});
