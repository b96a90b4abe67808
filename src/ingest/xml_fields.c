#include "ingest/xml_fields.h"

void trail_xml_fields_init(trail_xml_fields *fields)
{
    *fields = (trail_xml_fields){.said = trail_vector_of(sizeof(trail_xml_field))};
}

void trail_xml_fields_clear(trail_xml_fields *fields)
{
    trail_text_clear(&fields->bytes);
    trail_vector_clear(&fields->said);
}

void trail_xml_fields_reset(trail_xml_fields *fields)
{
    trail_text_reset(&fields->bytes);
    fields->said.count = 0;
}

trail_status trail_xml_fields_add(trail_xml_fields *fields, uint16_t meaning, trail_slice text,
                                  trail_error *err)
{
    trail_slice bare = trail_slice_trim(text);
    trail_xml_field field = {
        .start = fields->bytes.length, .length = (uint32_t)bare.length, .meaning = meaning};
    trail_status status = trail_text_add(&fields->bytes, bare, err);
    return status == TRAIL_OK ? trail_vector_push(&fields->said, &field, err) : status;
}

trail_xml_block trail_xml_fields_all(const trail_xml_fields *fields)
{
    return (trail_xml_block){fields, 0, fields->said.count};
}

trail_slice trail_xml_fields_text(const trail_xml_fields *fields, size_t index)
{
    const trail_xml_field *field = trail_vector_at(&fields->said, index);
    return (trail_slice){fields->bytes.bytes + field->start, field->length};
}

uint16_t trail_xml_fields_meaning(const trail_xml_fields *fields, size_t index)
{
    const trail_xml_field *field = trail_vector_at(&fields->said, index);
    return field->meaning;
}

trail_slice trail_xml_block_get(const trail_xml_block *block, uint16_t meaning)
{
    const trail_xml_field *all = block->fields->said.items;
    for (size_t i = block->first; i < block->end; i++) {
        if (all[i].meaning == meaning && all[i].length > 0)
            return trail_xml_fields_text(block->fields, i);
    }
    return (trail_slice){"", 0};
}

trail_slice trail_xml_block_either(const trail_xml_block *block, uint16_t first, uint16_t second)
{
    trail_slice text = trail_xml_block_get(block, first);
    return text.length > 0 ? text : trail_xml_block_get(block, second);
}
