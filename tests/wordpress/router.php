<?php
// How PHP's own web server leads addresses to WordPress, as .htaccess does on others: a file that is there, or index.php.
$folder = getenv('BLOG_FOLDER');  // "/blog" where the site is not at the root of its host
$path = urldecode(parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH) ?? '/');
if ($folder !== '' && !str_starts_with($path, "$folder/")) {
    http_response_code(404);
    return true;
}
$inside = substr($path, strlen($folder));
if ($folder === '' && is_file($_SERVER['DOCUMENT_ROOT'] . $inside)) {
    return false;
}
$_SERVER['SCRIPT_NAME'] = $_SERVER['PHP_SELF'] = "$folder/index.php";
$_SERVER['SCRIPT_FILENAME'] = $_SERVER['DOCUMENT_ROOT'] . '/index.php';
unset($_SERVER['PATH_INFO']);
require $_SERVER['SCRIPT_FILENAME'];
