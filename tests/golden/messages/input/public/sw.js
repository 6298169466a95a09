// not the worker
