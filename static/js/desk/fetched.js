// A page of ours as a document, to take parts of it.

/**
 * Nothing where it cannot be taken from: no network, signed out, a refusal, a part that is missing. The browser itself
 * makes a document of the answer, so that no text of ours becomes HTML.
 * @param {string} address @param {string[]} parts selectors @returns {Promise<Document | null>}
 */
export function fetched(address, parts) {
  return new Promise((resolve) => {
    const asking = new XMLHttpRequest()
    asking.responseType = 'document'
    asking.onloadend = () => {
      const page = asking.status === 200 ? asking.responseXML : null
      resolve(page && parts.every((part) => page.querySelector(part)) ? page : null)
    }
    asking.open('GET', address)
    asking.send()
  })
}
