// For the viewer request; JavaScript runtime 2.0. A page is the index.html of a folder, which S3
// alone does not know.
function handler(event) {
  const request = event.request;
  const last = request.uri.slice(request.uri.lastIndexOf('/') + 1);
  if (last === '') {
    request.uri += 'index.html';
    return request;
  }
  if (last.includes('.')) {
    return request;
  }
  // Two slashes at the start would name another site.
  const path = request.uri.replace(/^[\/\\]+/, '/');
  return {
    statusCode: 308,
    statusDescription: 'Permanent Redirect',
    headers: { location: { value: path + '/' + query(request.querystring) } },
  };
}

function query(parameters) {
  const pairs = [];
  Object.keys(parameters).forEach(function (name) {
    const values = parameters[name].multiValue || [parameters[name]];
    values.forEach(function (entry) {
      pairs.push(entry.value === '' ? name : name + '=' + entry.value);
    });
  });
  return pairs.length === 0 ? '' : '?' + pairs.join('&');
}
