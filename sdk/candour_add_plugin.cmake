# candour_add_plugin(ID SOURCES file… [MANIFEST file] [FOLDER dir] [DEPS target…] [TARGET_MINOR n])
#
# Builds FOLDER/ID/<library of the manifest> and copies the manifest beside it: exactly what a host loads. Hidden
# visibility, no unique symbols and a version script leave one exported symbol, so that two plugins never share a
# static by accident; -z defs makes a missing symbol an error of the build, not of the night.
# The code is also the object library plugin_ID_code, for tests that link it without a host.
function(candour_add_plugin id)
  cmake_parse_arguments(ARG "" "MANIFEST;FOLDER;TARGET_MINOR" "SOURCES;DEPS" ${ARGN})
  if(NOT ARG_MANIFEST)
    set(ARG_MANIFEST ${CMAKE_CURRENT_SOURCE_DIR}/manifest.json)
  endif()
  if(NOT ARG_FOLDER)
    set(ARG_FOLDER ${CMAKE_BINARY_DIR}/plugins)
  endif()
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${ARG_MANIFEST})
  file(READ ${ARG_MANIFEST} manifest)
  string(JSON version GET "${manifest}" version)
  string(JSON library GET "${manifest}" library)
  get_filename_component(name ${library} NAME_WE)

  add_library(plugin_${id}_code OBJECT ${ARG_SOURCES})
  set_target_properties(plugin_${id}_code PROPERTIES CXX_VISIBILITY_PRESET hidden C_VISIBILITY_PRESET hidden
    VISIBILITY_INLINES_HIDDEN ON POSITION_INDEPENDENT_CODE ON)
  target_compile_definitions(plugin_${id}_code PUBLIC CANDOUR_PLUGIN_ID="${id}" CANDOUR_PLUGIN_VERSION="${version}")
  if(DEFINED ARG_TARGET_MINOR)
    target_compile_definitions(plugin_${id}_code PUBLIC CDR_TARGET_MINOR=${ARG_TARGET_MINOR})
  endif()
  target_compile_options(plugin_${id}_code PRIVATE $<$<CXX_COMPILER_ID:GNU>:$<$<COMPILE_LANGUAGE:CXX>:-fno-gnu-unique>>)
  target_link_libraries(plugin_${id}_code PUBLIC candour_sdk ${ARG_DEPS} PRIVATE $<TARGET_NAME_IF_EXISTS:candour_flags>)

  add_library(plugin_${id} MODULE $<TARGET_OBJECTS:plugin_${id}_code>)
  target_link_libraries(plugin_${id} PRIVATE ${ARG_DEPS} $<TARGET_NAME_IF_EXISTS:candour_flags>)
  set_target_properties(plugin_${id} PROPERTIES PREFIX "" OUTPUT_NAME ${name} LINKER_LANGUAGE CXX
    LIBRARY_OUTPUT_DIRECTORY ${ARG_FOLDER}/${id} LINK_DEPENDS ${candour_sdk_exports})
  target_link_options(plugin_${id} PRIVATE -Wl,--version-script=${candour_sdk_exports} -Wl,-z,now -Wl,-z,relro)
  if(NOT CANDOUR_SANITIZE)  # a sanitizer's own symbols come from the program
    target_link_options(plugin_${id} PRIVATE -Wl,-z,defs)
  endif()
  add_custom_command(TARGET plugin_${id} POST_BUILD
    COMMAND ${CMAKE_COMMAND} -E copy_if_different ${ARG_MANIFEST} ${ARG_FOLDER}/${id}/manifest.json VERBATIM)
endfunction()
