// What a selector finds on the server's pages: its element stands in it. Read by the checker alone: nothing is shipped.
interface ParentNode {
  querySelectorAll(selectors: `form${string}`): NodeListOf<HTMLFormElement>
  querySelectorAll(selectors: `${string} select[${string}`): NodeListOf<HTMLSelectElement>
  querySelectorAll(selectors: `input[${string}`): NodeListOf<HTMLInputElement>
  querySelectorAll(selectors: '[data-auto-submit]'): NodeListOf<HTMLFormElement>
  querySelectorAll(selectors: string): NodeListOf<HTMLElement>
  querySelector(selectors: `[name=${string}]`): HTMLInputElement // who looks for a field by name knows its form
  querySelector(selectors: 'button'): HTMLButtonElement | null
  querySelector(selectors: string): HTMLElement | null
}
interface Element {
  closest(selector: `a[${string}`): HTMLAnchorElement | null
  closest(selector: string): HTMLElement | null
}
