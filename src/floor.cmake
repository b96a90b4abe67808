# trail_door(NAME PACKAGE pc...) or trail_door(NAME HEADER h LIBRARY l): an external library.
# trail_floor(NAME USES ... LINKS doors... SOURCES ...): an OBJECT library trail_NAME.
# trail_house(cli SOURCES ...): libmoneytrail, moneytrail_inside (all symbols, for tests), the program,
# and what is installed of them.

function(trail_door name)
  cmake_parse_arguments(DOOR "" "HEADER;LIBRARY" "PACKAGE" ${ARGN})
  add_library(door_${name} INTERFACE)
  # Static: the library's archive where Debian has one; igraph's and libarchive's own needs
  # are many or have none: these stay shared.
  if(MONEYTRAIL_STATIC AND NOT name MATCHES "^(igraph|archive)$")
    set(CMAKE_FIND_LIBRARY_SUFFIXES .a .so)
  endif()
  if(DOOR_PACKAGE)
    pkg_check_modules(DOOR_${name} REQUIRED IMPORTED_TARGET ${DOOR_PACKAGE})
    target_link_libraries(door_${name} INTERFACE PkgConfig::DOOR_${name})
    if(MONEYTRAIL_STATIC AND name STREQUAL icu)
      target_link_libraries(PkgConfig::DOOR_${name} INTERFACE stdc++) # ICU is written in C++
    endif()
    set_property(GLOBAL APPEND PROPERTY TRAIL_PC_REQUIRES ${DOOR_PACKAGE})
  else()
    find_path(DOOR_${name}_INCLUDE ${DOOR_HEADER} REQUIRED)
    find_library(DOOR_${name}_LIBRARY ${DOOR_LIBRARY} REQUIRED)
    target_include_directories(door_${name} SYSTEM INTERFACE ${DOOR_${name}_INCLUDE})
    target_link_libraries(door_${name} INTERFACE ${DOOR_${name}_LIBRARY})
    set_property(GLOBAL APPEND PROPERTY TRAIL_PC_LIBS -l${DOOR_LIBRARY})
  endif()
endfunction()

function(trail_floor name)
  cmake_parse_arguments(FLOOR "" "" "USES;LINKS;SOURCES" ${ARGN})
  set_property(GLOBAL APPEND PROPERTY TRAIL_FLOORS ${name})
  if(NOT FLOOR_SOURCES)
    return()
  endif()
  find_package(Threads REQUIRED)
  add_library(trail_${name} OBJECT ${FLOOR_SOURCES})
  target_include_directories(trail_${name} PUBLIC
    ${CMAKE_SOURCE_DIR}/include ${CMAKE_SOURCE_DIR}/src ${CMAKE_BINARY_DIR}/generated)
  target_link_libraries(trail_${name} PUBLIC trail_flags Threads::Threads m)
  set_target_properties(trail_${name} PROPERTIES POSITION_INDEPENDENT_CODE ON)
  foreach(door ${FLOOR_LINKS})
    target_link_libraries(trail_${name} PUBLIC door_${door})
  endforeach()
  set_property(GLOBAL APPEND PROPERTY TRAIL_BUILT ${name})
endfunction()

function(trail_house name)
  cmake_parse_arguments(HOUSE "" "" "SOURCES" ${ARGN})
  get_property(floors GLOBAL PROPERTY TRAIL_BUILT)
  set(objects "")
  set(links "")
  foreach(floor ${floors})
    list(APPEND objects $<TARGET_OBJECTS:trail_${floor}>)
    get_target_property(floor_links trail_${floor} LINK_LIBRARIES)
    list(APPEND links ${floor_links})
  endforeach()
  if(NOT objects)
    return()
  endif()
  list(REMOVE_DUPLICATES links)
  foreach(library moneytrail moneytrail_inside)
    add_library(${library} STATIC ${objects})
    target_include_directories(${library} PUBLIC $<BUILD_INTERFACE:${CMAKE_SOURCE_DIR}/include>
      $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
    target_link_libraries(${library} PUBLIC $<BUILD_INTERFACE:${links}>)
  endforeach()
  target_include_directories(moneytrail_inside PUBLIC
    $<BUILD_INTERFACE:${CMAKE_SOURCE_DIR}/src> $<BUILD_INTERFACE:${CMAKE_BINARY_DIR}/generated>)
  if(HOUSE_SOURCES)
    add_executable(moneytrail_program ${HOUSE_SOURCES})
    # The command line sees the public headers (from the library) and, as "name.h", the headers of
    # its own folder; src/ is not on its path.
    target_link_libraries(moneytrail_program PRIVATE trail_flags moneytrail)
    set_target_properties(moneytrail_program PROPERTIES OUTPUT_NAME moneytrail
      RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR})
    if(MONEYTRAIL_STATIC)
      target_link_options(moneytrail_program PRIVATE -static-libgcc)
    endif()
  endif()
  trail_install()
endfunction()

# Program, library, headers, .pc, man page, completion. The library is static, so whoever links it
# needs what it needs: the doors stand in Requires and Libs.
function(trail_install)
  get_property(TRAIL_PC_REQUIRES GLOBAL PROPERTY TRAIL_PC_REQUIRES)
  get_property(TRAIL_PC_LIBS GLOBAL PROPERTY TRAIL_PC_LIBS)
  list(JOIN TRAIL_PC_REQUIRES " " TRAIL_PC_REQUIRES)
  list(JOIN TRAIL_PC_LIBS " " TRAIL_PC_LIBS)
  file(RELATIVE_PATH TRAIL_PC_UP /${CMAKE_INSTALL_LIBDIR}/pkgconfig /)
  configure_file(moneytrail.pc.in ${CMAKE_CURRENT_BINARY_DIR}/moneytrail.pc @ONLY)
  install(TARGETS moneytrail ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
  if(TARGET moneytrail_program)
    install(TARGETS moneytrail_program RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
  endif()
  install(DIRECTORY ${CMAKE_SOURCE_DIR}/include/moneytrail
    DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} FILES_MATCHING PATTERN "*.h")
  install(FILES ${CMAKE_CURRENT_BINARY_DIR}/moneytrail.pc
    DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
  install(FILES cli/moneytrail.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
  install(FILES cli/moneytrail.bash RENAME moneytrail
    DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions)
endfunction()
