# SPDX-License-Identifier: GPL-3.0-or-later
# One interface target holds what every one of our own targets is compiled with, and one function makes a room of the house.

add_library(socktree_settings INTERFACE)
target_compile_definitions(socktree_settings INTERFACE
  QT_NO_KEYWORDS QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_URL_CAST_FROM_STRING QT_NO_FOREACH
  QT_DISABLE_DEPRECATED_BEFORE=0x060400
  SOCKTREE_VERSION="${PROJECT_VERSION}")
target_compile_options(socktree_settings INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Wcast-align -Werror
  $<$<CXX_COMPILER_ID:Clang>:-Wno-missing-field-initializers>
  $<$<CXX_COMPILER_ID:GNU>:-Wno-missing-field-initializers>)

set(SOCKTREE_SANITIZE "" CACHE STRING "sanitizers, as for -fsanitize=")
if(SOCKTREE_SANITIZE)
  target_compile_options(socktree_settings INTERFACE
    -fsanitize=${SOCKTREE_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(socktree_settings INTERFACE -fsanitize=${SOCKTREE_SANITIZE})
endif()

# socktree_room(name LINKS …): a static library of every source in the folder; includes are written from the top of the tree.
function(socktree_room name)
  cmake_parse_arguments(room "" "" "LINKS" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp ${CMAKE_CURRENT_SOURCE_DIR}/*.h)
  list(FILTER sources EXCLUDE REGEX "/main\\.cpp$")
  add_library(${name} STATIC ${sources})
  target_include_directories(${name} PUBLIC ${PROJECT_SOURCE_DIR})
  target_link_libraries(${name} PUBLIC socktree_settings ${room_LINKS})
endfunction()
