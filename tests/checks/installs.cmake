# SPDX-License-Identifier: GPL-3.0-or-later
# Installs into an empty folder and looks for what a desktop looks for.
file(REMOVE_RECURSE ${STAGE})
set(ENV{DESTDIR} ${STAGE})
execute_process(COMMAND ${CMAKE_COMMAND} --install ${BUILD} OUTPUT_QUIET COMMAND_ERROR_IS_FATAL ANY)
foreach(file
    bin/socktree
    share/applications/org.socktree.Socktree.desktop
    share/icons/hicolor/scalable/apps/org.socktree.Socktree.svg
    share/icons/hicolor/symbolic/apps/org.socktree.Socktree-symbolic.svg
    share/metainfo/org.socktree.Socktree.metainfo.xml
    share/man/man1/socktree.1
    share/socktree/socktree-1.schema.json)
  if(NOT EXISTS ${STAGE}${PREFIX}/${file})
    message(SEND_ERROR "not installed: ${PREFIX}/${file}")
  endif()
endforeach()
