"""The model in a page: one HTML file that runs this package's own core in a browser, with NumPy alone.

`contents` puts together what the page carries: the core's sources (`sources`) and a Python for browsers (`runtime`).
`inside` is what runs there, in a worker (`script/worker.js`), and `script/live.js` puts it on the page.
"""
