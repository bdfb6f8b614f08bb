// Writes the phone's vocabulary from the server's, then bundles static/js and static/css into static/dist: hashed names,
// compressed twins beside each, and assets.json, which maps a logical name ("field.js") to its file. `node static/build.mjs [other-folder]`
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import esbuild from 'esbuild'
import { minify } from 'terser'

const here = dirname(fileURLToPath(import.meta.url))
const dist = resolve(process.argv[2] ?? join(here, 'dist'))
const FIRST_BUDGET = 45_000 // bytes of gzip before the first screen stands: scripts, one language, its style, worker
const WHOLE_BUDGET = 120_000 // the same with every screen and both languages, kept for use without a network
const TARGETS = ['es2022', 'safari16.4', 'chrome109', 'firefox115']
const MINIFIER = `terser ${JSON.parse(readFileSync(join(here, '../node_modules/terser/package.json'))).version}`
const ENTRIES = { // styles first: a script names the style sheet that comes with its later screens
  'field.css': 'css/field.css',
  'later.css': 'css/later.css',
  'field.js': 'js/phone/main.jsx',
  'site.js': 'js/desk/site.js',
  'site.css': 'css/site.css',
}

execFileSync('python3', ['-m', 'shadowing.phone.vocabulary'], { cwd: join(here, '..'), stdio: 'inherit' })
mkdirSync(dist, { recursive: true })
const assets = {}
const written = new Set()
const field = { first: [], later: [] } // the field app's scripts: what the entry needs at once, and what follows
for (const [name, source] of Object.entries(ENTRIES)) {
  if (existsSync(join(here, source))) assets[name] = await bundle(name, source)
}
await bundleWorker()
write('assets.json', JSON.stringify(assets, null, 2) + '\n')
removeStale()
report()

function settings(source) {
  return {
    absWorkingDir: here, entryPoints: [source], outdir: dist, bundle: true, minify: true, write: false,
    charset: 'utf8', target: TARGETS, format: 'esm', metafile: true, legalComments: 'linked', sourcemap: 'linked',
    jsx: 'automatic', jsxImportSource: 'preact', external: ['/static/*'], logLevel: 'warning', chunkNames: '[name]-[hash]',
    tsconfigRaw: {}, // tsconfig.json is the checker's alone
    banner: { js: `/* ${MINIFIER} */` }, // gone when minified, but part of what the hashed names say
    define: { __LATER_CSS__: JSON.stringify(`/static/dist/${assets['later.css']}`) },
  }
}

async function bundle(name, source) {
  const stem = name.slice(0, name.lastIndexOf('.'))
  const made = await esbuild.build({
    ...settings(source), entryPoints: [{ in: source, out: stem }], entryNames: '[name]-[hash]',
    splitting: name === 'field.js',
  })
  for (const [file, contents] of await minified(made.outputFiles)) write(file, contents)
  if (name === 'field.js') sortPieces(made.metafile.outputs)
  const wanted = name.slice(name.lastIndexOf('.'))
  return made.outputFiles.map((file) => basename(file.path)).find((path) => path.startsWith(`${stem}-`) && path.endsWith(wanted))
}

/** Scripts once more through terser: three in a hundred fewer bytes, which are screens a phone need not do without. */
async function minified(files) {
  const texts = new Map(files.map((file) => [basename(file.path), file.text]))
  for (const name of [...texts.keys()].filter((file) => file.endsWith('.js'))) {
    const made = await minify(texts.get(name), {
      module: true, ecma: 2020, compress: { passes: 3 }, format: { comments: /^!/ },
      sourceMap: { content: texts.get(`${name}.map`), url: `${name}.map` },
    })
    texts.set(name, made.code)
    texts.set(`${name}.map`, made.map)
  }
  return texts
}

/** Follows the entry's plain imports (needed at once) and its import() calls (needed soon). */
function sortPieces(outputs) {
  const byName = new Map(Object.entries(outputs).map(([path, made]) => [basename(path), made]))
  const [entry] = [...byName].find(([, made]) => made.entryPoint === ENTRIES['field.js'])
  const reach = (names, kinds) => {
    for (const name of names) {
      for (const { path, kind } of byName.get(name).imports) if (kinds.includes(kind)) names.add(basename(path))
    }
    return names
  }
  const first = reach(new Set([entry]), ['import-statement'])
  const all = reach(new Set([entry]), ['import-statement', 'dynamic-import'])
  field.first = [...first]
  field.later = [...all].filter((name) => !first.has(name))
  const core = field.first.find((name) => name !== entry)
  if (core) assets['field-core.js'] = core
}

/** The worker's name never changes, so its version must: any new shell, bundle or icon makes a new worker. */
async function bundleWorker() {
  if (!existsSync(join(here, 'js/phone/sw.js'))) return
  const precache = ['/app', '/manifest.webmanifest', ...fieldAddresses(), ...iconAddresses()]
  const shell = join(here, '../templates/phone/shell/shell.html')
  const version = digest([
    ...precache, read(shell), read(join(here, 'js/phone/sw.js')), ...iconFiles().map((file) => read(file)),
  ])
  const made = await esbuild.build({
    ...settings('js/phone/sw.js'), legalComments: 'none', sourcemap: false, format: 'iife',
    define: { __VERSION__: JSON.stringify(version), __PRECACHE__: JSON.stringify(precache) },
  })
  for (const file of made.outputFiles) write(basename(file.path), file.contents)
}

function fieldAddresses() {
  return [...field.first, ...field.later, assets['field.css'], assets['later.css']].filter(Boolean).map((name) => `/static/dist/${name}`)
}

function iconFiles() {
  const folder = join(here, 'icons')
  return existsSync(folder) ? readdirSync(folder).sort().map((name) => join(folder, name)) : []
}

function iconAddresses() {
  return iconFiles().filter((file) => /\.(png|svg)$/.test(file)).map((file) => `/static/icons/${basename(file)}`)
}

function read(path) {
  return existsSync(path) ? readFileSync(path) : ''
}

function digest(parts) {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest('hex').slice(0, 12)
}

/** Written beside and renamed, so that a server reading meanwhile never sees half a file. */
function write(name, contents) {
  put(name, contents)
  if (!/\.(js|css)$/.test(name)) return
  put(`${name}.gz`, gzipSync(contents, { level: 9 }))
  put(`${name}.br`, brotliCompressSync(contents)) // what browsers take over https, an eighth smaller
}

function put(name, contents) {
  const path = join(dist, name)
  writeFileSync(`${path}.part`, contents)
  renameSync(`${path}.part`, path)
  written.add(name)
}

function removeStale() {
  for (const name of readdirSync(dist)) if (!written.has(name)) rmSync(join(dist, name), { recursive: true })
}

function report() {
  const size = (name) => (written.has(`${name}.gz`) ? readFileSync(join(dist, `${name}.gz`)).length : 0)
  const sum = (names) => names.reduce((total, name) => total + size(name), 0)
  const words = field.later.filter((name) => /^(en|zh)-/.test(name))
  const always = [...field.first, assets['field.css'], 'sw.js']
  for (const name of new Set([...Object.values(assets), ...field.first, ...field.later, 'sw.js'])) say(size(name), name)
  check('first screen', sum(always) + Math.max(0, ...words.map(size)), FIRST_BUDGET)
  check('whole field app', sum([...always, assets['later.css'], ...field.later]), WHOLE_BUDGET)
}

function check(what, bytes, budget) {
  say(bytes, `${what}, of ${budget}`)
  if (bytes <= budget) return
  console.error(`Over its budget: ${what}.`)
  process.exitCode = 1
}

function say(bytes, text) {
  console.log(`${String(bytes).padStart(7)} B gz  ${text}`)
}
