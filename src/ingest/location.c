#include "ingest/location.h"

#include "base/failure.h"

trail_status trail_location_open(trail_byte_source **out, const trail_location *location,
                                 trail_error *err)
{
    if (location->member != NULL) {
        return trail_fail(err, TRAIL_IO, "cannot open %s: members are not read", location->member);
    }
    return trail_byte_source_open(out, location->path, err);
}
