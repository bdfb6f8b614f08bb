document.title = 'Shadowing'
