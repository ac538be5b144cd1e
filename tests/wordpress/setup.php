<?php
// Install WordPress and fill it with what standard input says (JSON, as in committee.py). Run by blog.py: php setup.php
// Without a site in it: options to set, posts to update, a theme, a plug-in of one line, a file to export to.
$wanted = json_decode(stream_get_contents(STDIN), true, 64, JSON_THROW_ON_ERROR);
$_SERVER['HTTP_HOST'] = parse_url(getenv('BLOG_HOME'), PHP_URL_HOST);
$_SERVER['SERVER_PROTOCOL'] = 'HTTP/1.1';
$_SERVER['REQUEST_METHOD'] = 'GET';
$new = isset($wanted['site']);
if ($new) {
    define('WP_INSTALLING', true);
}
require __DIR__ . '/site/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/upgrade.php';
require_once ABSPATH . 'wp-admin/includes/taxonomy.php';
mb_internal_encoding('UTF-8');

function or_stop($value) {
    if (is_wp_error($value)) {
        fwrite(STDERR, $value->get_error_message() . "\n");
        exit(1);
    }
    return $value;
}

function post(array $wanted, array $authors): int {
    $known = array_flip(['post_title', 'post_content', 'post_name', 'post_status', 'post_password', 'post_excerpt',
                         'post_type', 'post_date', 'comment_status']);
    $id = or_stop(wp_insert_post(wp_slash(array_intersect_key($wanted, $known) + [
        'post_author' => $authors[$wanted['author']],
        'post_category' => array_map('wp_create_category', $wanted['categories']),
        'tags_input' => $wanted['tags'],
    ]), true));
    if ($wanted['sticky']) {
        stick_post($id);
    }
    foreach ($wanted['comments'] as $comment) {
        wp_insert_comment(wp_slash(['comment_post_ID' => $id] + $comment));
    }
    return $id;
}

if ($new) {
    $site = $wanted['site'];
    wp_install($site['title'], 'owner', 'owner@committee.example', true, '', wp_generate_password());
    update_option('blogdescription', $site['tagline']);
    update_option('timezone_string', $site['timezone']);
    update_option('permalink_structure', '/%year%/%monthnum%/%postname%/');
    foreach (get_posts(['post_type' => 'any', 'post_status' => 'any', 'numberposts' => -1]) as $sample) {
        wp_delete_post($sample->ID, true);
    }
    $wp_rewrite->init();
    $authors = [];
    foreach ($wanted['authors'] as $login => $name) {
        $authors[$login] = or_stop(wp_insert_user(['user_login' => $login, 'display_name' => $name, 'role' => 'author',
                                                   'user_pass' => wp_generate_password()]));
    }
    wp_set_current_user(1);
    foreach ($wanted['posts'] as $one) {
        post($one, $authors);
    }
}
foreach ($wanted['options'] ?? [] as $name => $value) {
    update_option($name, $value);
}
foreach ($wanted['updates'] ?? [] as $name => $changes) {
    $id = $wpdb->get_var($wpdb->prepare("SELECT ID FROM $wpdb->posts WHERE post_name = %s", $name));
    $id || or_stop(new WP_Error('none', "no post is called $name"));
    or_stop(wp_update_post(wp_slash(['ID' => $id] + $changes), true));
}
if (isset($wanted['theme'])) {
    switch_theme($wanted['theme']);
}
if (isset($wanted['export'])) {
    require_once ABSPATH . 'wp-admin/includes/export.php';
    ob_start();
    export_wp();
    file_put_contents($wanted['export'], ob_get_clean());
}
$plugins = WP_CONTENT_DIR . '/mu-plugins';
is_dir($plugins) || mkdir($plugins);
file_put_contents("$plugins/test.php", "<?php\n" . ($wanted['plugin'] ?? ''));
$wp_rewrite->init();
create_initial_taxonomies();  // whose addresses depend on the permalinks that were set above
flush_rewrite_rules(false);
echo json_encode(['version' => $wp_version, 'themes' => array_keys(wp_get_themes())]), "\n";
