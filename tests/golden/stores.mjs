// Prints the shape of the phone's database: name, version, stores and their keys.
import 'fake-indexeddb/auto'
import { makeStore } from '../../static/js/phone/device/store.js'

await makeStore().load()
for (const { name, version } of await indexedDB.databases()) {
  console.log(`database ${name}, version ${version}`)
  const db = await new Promise((done) => { indexedDB.open(name).onsuccess = (event) => done(event.target.result) })
  const names = [...db.objectStoreNames]
  const tx = db.transaction(names)
  for (const each of names) {
    const store = tx.objectStore(each)
    console.log(`store ${each}: key ${store.keyPath ?? 'of its own'}, indexes ${[...store.indexNames].join(' ') || 'none'}`)
  }
  db.close()
}
