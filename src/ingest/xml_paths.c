#include "ingest/xml_paths.h"

#include <string.h>

#define NOWHERE UINT32_MAX

typedef struct path_node {
    uint32_t first_edge; /* NOWHERE: none */
    uint16_t meaning;
} path_node;

typedef struct path_edge {
    trail_slice name;
    uint32_t node;
    uint32_t next; /* edge of the same parent, NOWHERE: the last */
} path_edge;

static path_node *node_at(const trail_xml_paths *paths, uint32_t node)
{
    return trail_vector_at(&paths->nodes, node);
}

static uint32_t child_of(const trail_xml_paths *paths, uint32_t node, trail_slice name)
{
    uint32_t at = node_at(paths, node)->first_edge;
    while (at != NOWHERE) {
        const path_edge *edge = trail_vector_at(&paths->edges, at);
        if (trail_slice_equal(edge->name, name)) return edge->node;
        at = edge->next;
    }
    return NOWHERE;
}

static trail_status add_node(trail_xml_paths *paths, uint32_t *node, trail_error *err)
{
    path_node fresh = {.first_edge = NOWHERE};
    *node = (uint32_t)paths->nodes.count;
    return trail_vector_push(&paths->nodes, &fresh, err);
}

static trail_status add_edge(trail_xml_paths *paths, uint32_t parent, trail_slice name,
                             uint32_t node, trail_error *err)
{
    path_edge edge = {.name = name, .node = node, .next = node_at(paths, parent)->first_edge};
    trail_status status = trail_vector_push(&paths->edges, &edge, err);
    if (status == TRAIL_OK) node_at(paths, parent)->first_edge = (uint32_t)(paths->edges.count - 1);
    return status;
}

/* Up to `mark` or the end; what follows it stays in *rest. */
static trail_slice take_until(trail_slice *rest, char mark)
{
    const char *end = rest->length > 0 ? memchr(rest->start, mark, rest->length) : NULL;
    trail_slice taken = {rest->start, end != NULL ? (size_t)(end - rest->start) : rest->length};
    size_t used = taken.length + (end != NULL ? 1 : 0);
    *rest = (trail_slice){rest->start + used, rest->length - used};
    return taken;
}

/* Names that are alternatives lead to one node; a name that may be absent leads back to where one
 * is. */
static trail_status add_step(trail_xml_paths *paths, trail_slice names, uint32_t *at,
                             trail_error *err)
{
    bool optional = names.length > 0 && names.start[0] == '?';
    uint32_t parent = *at;
    uint32_t target = optional ? parent : NOWHERE;
    trail_status status = TRAIL_OK;
    if (optional) names = (trail_slice){names.start + 1, names.length - 1};
    trail_slice rest = names;
    while (rest.length > 0 && target == NOWHERE)
        target = child_of(paths, parent, take_until(&rest, '|'));
    if (target == NOWHERE) status = add_node(paths, &target, err);
    while (names.length > 0 && status == TRAIL_OK) {
        trail_slice name = take_until(&names, '|');
        if (child_of(paths, parent, name) == NOWHERE)
            status = add_edge(paths, parent, name, target, err);
    }
    *at = target;
    return status;
}

trail_status trail_xml_paths_init(trail_xml_paths *paths, const trail_xml_path *table, size_t count,
                                  trail_error *err)
{
    uint32_t root = 0;
    paths->nodes = trail_vector_of(sizeof(path_node));
    paths->edges = trail_vector_of(sizeof(path_edge));
    trail_status status = add_node(paths, &root, err);
    for (size_t i = 0; i < count && status == TRAIL_OK; i++) {
        uint32_t at = root;
        trail_slice rest = trail_slice_of(table[i].path);
        while (rest.length > 0 && status == TRAIL_OK)
            status = add_step(paths, take_until(&rest, '/'), &at, err);
        if (status == TRAIL_OK) node_at(paths, at)->meaning = table[i].meaning;
    }
    return status;
}

void trail_xml_paths_clear(trail_xml_paths *paths)
{
    trail_vector_clear(&paths->nodes);
    trail_vector_clear(&paths->edges);
}

void trail_xml_walk_init(trail_xml_walk *walk, const trail_xml_paths *paths)
{
    memset(walk, 0, sizeof *walk);
    walk->paths = paths;
}

uint16_t trail_xml_walk_open(trail_xml_walk *walk, const trail_xml_element *element)
{
    uint32_t parent = walk->nodes[element->depth - 1];
    uint32_t node = NOWHERE;
    if (parent != NOWHERE) node = child_of(walk->paths, parent, trail_slice_of(element->name));
    if (node == NOWHERE && parent == 0) node = 0; /* an envelope */
    walk->nodes[element->depth] = node;
    /* An element that may be absent has no meaning of its own. */
    if (node == NOWHERE || node == parent) return 0;
    return node_at(walk->paths, node)->meaning;
}

uint16_t trail_xml_walk_close(const trail_xml_walk *walk, const trail_xml_element *element)
{
    uint32_t node = walk->nodes[element->depth];
    if (node == NOWHERE || node == walk->nodes[element->depth - 1]) return 0;
    return node_at(walk->paths, node)->meaning;
}
