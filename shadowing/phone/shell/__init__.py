"""The screens that live on the phone: shell page, service worker, manifest."""
