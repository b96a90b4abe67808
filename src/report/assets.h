/* The report's script, style and skeleton, joined from web/ when the program is built. */
#ifndef TRAIL_REPORT_ASSETS_H
#define TRAIL_REPORT_ASSETS_H

#include <stddef.h>

extern const unsigned char trail_report_script[];
extern const size_t trail_report_script_size;
extern const unsigned char trail_report_style[];
extern const size_t trail_report_style_size;
extern const unsigned char trail_report_skeleton[];
extern const size_t trail_report_skeleton_size;

#endif
