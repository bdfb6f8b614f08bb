// Put into every page of the phone bench: when Today can be used, when a write is durable, and how to fill a phone.
(() => {
  const bench = { usable: null, writes: [] }
  window.bench = bench
  const usable = () => document.querySelector('nav.tabbar') && document.querySelector('main')?.childElementCount
  const look = () => {
    if (!usable()) { requestAnimationFrame(look); return }
    // Usable also means that the main thread has time for a tap.
    setTimeout(() => { bench.usable ??= performance.now() }, 0)
  }
  look()

  const { transaction } = IDBDatabase.prototype
  IDBDatabase.prototype.transaction = function watched(stores, mode, ...more) {
    const tx = transaction.call(this, stores, mode, ...more)
    const names = [stores].flat()
    if (mode === 'readwrite' && names.includes('observations')) {
      tx.addEventListener('complete', () => bench.writes.push({ at: performance.now(), photo: names.includes('bytes') }))
    }
    return tx
  }

  /** From the tap to the end of its transaction (strict: on disk), in ms. */
  bench.tap = (selector) => new Promise((done) => {
    const before = bench.writes.length
    const start = performance.now()
    document.querySelector(selector).click()
    const painted = new Promise((shown) => { requestAnimationFrame(() => setTimeout(() => shown(performance.now() - start), 0)) })
    const wait = () => (bench.writes.length > before
      ? painted.then((shown) => done({ durable: bench.writes[before].at - start, shown })) : setTimeout(wait, 1))
    wait()
  })

  /** From a tap to the frame in which what it leads to has been drawn, in ms. */
  bench.turn = (selector, wanted) => new Promise((done) => {
    const start = performance.now()
    document.querySelector(selector).click()
    const look = () => {
      if (document.querySelector(wanted)) requestAnimationFrame(() => setTimeout(() => done(performance.now() - start), 0))
      else setTimeout(look, 1)
    }
    look()
  })

  /** What a tap cannot be quicker than: the newest observation read and written back, strictly, by nothing but the database. */
  bench.floor = async () => {
    const db = await (bench.db ??= new Promise((ok) => { const asked = indexedDB.open('shadowing'); asked.onsuccess = () => ok(asked.result) }))
    const start = performance.now()
    const tx = transaction.call(db, ['observations'], 'readwrite', { durability: 'strict' })
    const store = tx.objectStore('observations')
    store.openCursor().onsuccess = ({ target: { result } }) => store.put(result.value)
    await new Promise((ok) => { tx.oncomplete = ok })
    return performance.now() - start
  }

  /** Copies the one visit and its observation that are here until there are as many as wanted, all waiting to be sent. */
  bench.fill = async ({ visits, each, photos, bytes }) => {
    const db = await new Promise((ok) => { const asked = indexedDB.open('shadowing'); asked.onsuccess = () => ok(asked.result) })
    const all = (store) => new Promise((ok) => { const asked = db.transaction(store).objectStore(store).getAll(); asked.onsuccess = () => ok(asked.result) })
    const [visit] = await all('visits')
    const seen = (await all('observations')).find((one) => one.visit_id === visit.id)
    const [entry] = await all('outbox')
    const line = (part) => ({ ...entry, state: 'queued', dirty: true, acked: 0, flight: null, attempts: 0, next_at: 0, observation_id: null, bytes: 0, ...part })
    let left = photos
    for (let v = 0; v < visits; v += 1) {
      const tx = transaction.call(db, ['visits', 'observations', 'photos', 'bytes', 'outbox'], 'readwrite')
      const id = crypto.randomUUID()
      tx.objectStore('visits').put({ ...visit, id, visit_id: id, body: { ...visit.body, id, encounter_id: id, status: 'done' } })
      tx.objectStore('outbox').put(line({ id, kind: 'visit', visit_id: id }))
      for (let o = 0; o < each; o += 1) {
        const own = crypto.randomUUID()
        const pictures = []
        for (; left > 0 && pictures.length < Math.ceil(photos / (visits * each)); left -= 1) {
          const data = bytes ? Uint8Array.from(atob(bytes), (sign) => sign.charCodeAt(0)) : crypto.getRandomValues(new Uint8Array(20_000))
          const photo = crypto.randomUUID()
          const sha256 = [...new Uint8Array(await crypto.subtle.digest('SHA-256', data))].map((byte) => byte.toString(16).padStart(2, '0')).join('')
          pictures.push({ photo, data, wire: { id: photo, sha256, bytes: data.length, caption: null } })
        }
        const next = transaction.call(db, ['observations', 'photos', 'bytes', 'outbox'], 'readwrite')
        next.objectStore('observations').put({ ...seen, id: own, visit_id: id, unqueued: false, body: { ...seen.body, id: own, visit_id: id, photos: pictures.map((one) => one.wire) } })
        next.objectStore('outbox').put(line({ id: own, kind: 'observation', visit_id: id }))
        for (const { photo, data, wire } of pictures) {
          next.objectStore('bytes').put({ id: photo, data: data.buffer })
          next.objectStore('photos').put({ ...wire, kind: 'photo', observation_id: own, visit_id: id, maker: entry.maker, type: 'image/jpeg' })
          next.objectStore('outbox').put(line({ id: photo, kind: 'photo', visit_id: id, observation_id: own, bytes: data.length }))
        }
        await new Promise((ok) => { next.oncomplete = ok })
      }
    }
    db.close()
  }
})()
