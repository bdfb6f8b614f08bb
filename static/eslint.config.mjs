import js from '@eslint/js'
import importX from 'eslint-plugin-import-x'
import globals from 'globals'

const ROOMS = ['words', 'record', 'device', 'state', 'actions', 'parts', 'screens']

export default [
  { ignores: ['**/dist/**'] },
  { files: ['**/*.{js,jsx,mjs}'], ...js.configs.recommended },
  {
    files: ['**/*.{js,jsx,mjs}'],
    languageOptions: { parserOptions: { ecmaFeatures: { jsx: true } }, globals: { ...globals.browser } },
    rules: {
      'no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'no-console': ['error', { allow: ['warn', 'error'] }],
      eqeqeq: 'error', 'prefer-const': 'error', 'no-var': 'error',
      'max-lines': ['error', { max: 220, skipComments: true }],
    },
  },
  {
    files: ['static/js/**'],
    plugins: { 'import-x': importX },
    settings: {
      'import-x/extensions': ['.js', '.jsx'],
      'import-x/resolver-next': [importX.createNodeResolver({ extensions: ['.js', '.jsx'] })],
    },
    rules: { 'import-x/no-cycle': 'error', 'import-x/no-restricted-paths': ['error', { zones: layers() }] },
  },
  {
    files: ['static/js/**'],
    ignores: ['static/js/phone/record/times.js', 'static/js/desk/time_zone.js'], // which only asks for the zone's name
    rules: { 'no-restricted-syntax': ['error', ...moments()] },
  },
  { files: ['**/sw.js'], languageOptions: { globals: { ...globals.serviceworker } } },
  { files: ['**/*.mjs'], languageOptions: { globals: { ...globals.node } }, rules: { 'no-console': 'off' } },
  { files: ['**/words/*.js'], rules: { 'max-lines': 'off' } },
]

/** A moment has a day, an hour and an order nowhere but in record/times.js, and there by the zone it is told. */
function moments() {
  const apart = 'get(UTC)?(Hours|Minutes|Date|Day|Month|FullYear)|getTimezoneOffset|to(Locale)?(Date|Time)String|toLocaleString'
  const written = '_at$/'
  return [
    [`CallExpression[callee.property.name=/^(${apart})$/]`, 'Whose clock? Ask record/times.js, with a zone.'],
    ['MemberExpression[object.name="Intl"][property.name="DateTimeFormat"]', 'Days and hours are written by record/times.js.'],
    ['CallExpression[callee.property.name="slice"][callee.object.callee.property.name="toISOString"]', 'That is the day in UTC: isoDate of record/times.js.'],
    [`CallExpression[callee.property.name="localeCompare"][arguments.0.property.name=/${written}]`, 'Moments are instants, not text: byMoment of record/times.js.'],
    [`BinaryExpression[operator=/^[<>]/] > MemberExpression[property.name=/^(started|ended|starts|observed|rated|deleted|received|server)${written}]`, 'Moments are instants, not text: byMoment.'],
    ['CallExpression[callee.name=/^(timeOfDay|hourOf|isoDate)$/][arguments.length<2]', 'Whose clock? It takes a zone.'],
    ['CallExpression[callee.name=/^(longDate|shortDate|sameDay|ofThisShift|hoursApart|zoneName)$/][arguments.length<3]', 'Whose clock? It takes a zone.'],
  ].map(([selector, message]) => ({ selector, message }))
}

/** A room of the phone imports only those before it: a record is tested without a phone, a part is never made of screens. */
function layers() {
  return ROOMS.map((room, at) => ({
    target: `static/js/phone/${room}`,
    from: [...ROOMS.slice(at + 1), 'main.jsx', 'app.jsx'].map((above) => `static/js/phone/${above}`),
    message: `${room} stands below it.`,
  }))
}
