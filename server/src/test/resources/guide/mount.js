// Compiles an example as its framework's own tools do, and puts it on the page.
const script = (src) =>
  new Promise((resolve, reject) => document.head.append(Object.assign(document.createElement('script'), { src, onload: resolve, onerror: reject })));

/** A module of a text; what it imports by path is on this server. */
function load(code) {
  const absolute = code.replace(/(from\s*|import\s*)(['"])\.?\//g, `$1$2${location.origin}/`);
  return import(URL.createObjectURL(new Blob([absolute], { type: 'text/javascript' })));
}

const mounts = {
  async jsx(source, target, versions) {
    await script(`/webjars/typescript/${versions.typescript}/lib/typescript.js`);
    const { JsxEmit, ModuleKind, ScriptTarget } = globalThis.ts;
    const compilerOptions = { jsx: JsxEmit.ReactJSX, module: ModuleKind.ESNext, target: ScriptTarget.ES2022 };
    const { default: Component } = await load(globalThis.ts.transpileModule(source, { compilerOptions }).outputText);
    const [{ createRoot }, { createElement }] = await Promise.all([import('react-dom/client'), import('react')]);
    const root = createRoot(target);
    root.render(createElement(Component));
    return () => root.unmount();
  },
  async vue(source, target) {
    const { compileScript, parse } = await import('vue/compiler-sfc');
    const { content } = compileScript(parse(source).descriptor, { id: 'example', inlineTemplate: true });
    const { default: Component } = await load(content);
    const app = (await import('vue')).createApp(Component);
    app.mount(target);
    return () => app.unmount();
  },
  async svelte(source, target, versions) {
    await script(`/webjars/svelte/${versions.svelte}/compiler/index.js`);
    const { js } = globalThis.svelte.compile(source, { generate: 'client', filename: 'Example.svelte' });
    const { default: Component } = await load(js.code);
    const { mount, unmount } = await import('svelte');
    const component = mount(Component, { target });
    return () => unmount(component);
  },
};

export async function mount(language, source, versions) {
  globalThis.unmount = await mounts[language](source, document.querySelector('main'), versions);
}
