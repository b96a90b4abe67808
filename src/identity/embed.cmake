# cmake -DDATA=file -DNAME=c_name -DHEADER=identity/x.h -DC_FILE=out.c -P embed.cmake: the bytes of a
# data file as a C array, so that the program finds them without a folder of its own.
file(READ ${DATA} bytes HEX)
string(REGEX REPLACE "(................................)" "\\1\n" bytes "${bytes}")
string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${bytes}")
file(WRITE ${C_FILE}.part "/* Made by src/identity/embed.cmake. */\n#include \"${HEADER}\"\n"
  "\nconst unsigned char ${NAME}[] = {\n${bytes}};\nconst size_t ${NAME}_size = sizeof ${NAME};\n")
file(RENAME ${C_FILE}.part ${C_FILE})
