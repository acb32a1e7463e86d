// The examples name the address that this page was asked at. Without scripts they name the usual one.
for (const example of document.querySelectorAll('pre code')) {
  example.textContent = example.textContent.replace('http://localhost:8080', location.origin)
}
