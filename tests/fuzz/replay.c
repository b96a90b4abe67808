/* Without a fuzzer: gives every file of a corpus folder to the fuzz target, as an ordinary test. */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "base/path.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int main(int argc, char **argv)
{
    trail_vector names = trail_vector_of(sizeof(char *));
    trail_error err = {0};
    if (argc != 2 || trail_path_list(argv[1], &names, &err) != TRAIL_OK) {
        fprintf(stderr, "usage: replay CORPUS-FOLDER: %s\n", err.message);
        return 2;
    }
    for (size_t i = 0; i < names.count; i++) {
        const char *name = *(char **)trail_vector_at(&names, i);
        trail_text path = {0}, bytes = {0};
        if (trail_path_join(&path, argv[1], name, &err) != TRAIL_OK ||
            trail_path_read(path.bytes, (size_t)1 << 28, &bytes, &err) != TRAIL_OK) {
            fprintf(stderr, "%s\n", err.message);
            return 2;
        }
        puts(name); /* so that a crash has a name */
        (void)fflush(stdout);
        (void)LLVMFuzzerTestOneInput((const uint8_t *)bytes.bytes, bytes.length);
        trail_text_clear(&path);
        trail_text_clear(&bytes);
    }
    size_t count = names.count;
    printf("%zu inputs\n", count);
    trail_path_list_clear(&names);
    return count > 0 ? 0 : 1;
}
