import js from '@eslint/js'
import globals from 'globals'

export default [
  { ignores: ['**/dist/**'] },
  { files: ['**/*.{js,jsx,mjs}'], ...js.configs.recommended },
  {
    files: ['**/*.{js,jsx,mjs}'],
    languageOptions: { parserOptions: { ecmaFeatures: { jsx: true } }, globals: { ...globals.browser } },
    rules: {
      'no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^(_|[A-Z])' }],
      'no-console': ['error', { allow: ['warn', 'error'] }],
      eqeqeq: 'error', 'prefer-const': 'error', 'no-var': 'error',
      'max-lines': ['error', 220],
    },
  },
  { files: ['**/sw.js'], languageOptions: { globals: { ...globals.serviceworker } } },
  { files: ['**/*.mjs'], languageOptions: { globals: { ...globals.node } }, rules: { 'no-console': 'off' } },
  { files: ['**/words/*.js'], rules: { 'max-lines': 'off' } },
]
