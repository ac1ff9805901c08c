# candour_add_plugin(ID SOURCES file… [MANIFEST file] [FOLDER dir] [DEPS target…] [TARGET_MINOR n])
# TARGET_MINOR: instead of abi.requires_minor of the manifest.
#
# Builds FOLDER/ID/<library of the manifest> and copies the manifest beside it: exactly what a host loads. Hidden
# visibility, no unique symbols and a version script leave one exported symbol, so that two plugins never share a
# static by accident; -z defs makes a missing symbol an error of the build, not of the night.
# The code is also the object library plugin_ID_code, for tests that link it without a host.
function(candour_add_plugin id)
  set(candour_sdk_exports ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/exports.map)
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
  # The oldest host that it runs on is what its manifest says, so that the two cannot differ.
  if(NOT DEFINED ARG_TARGET_MINOR)
    string(JSON ARG_TARGET_MINOR ERROR_VARIABLE says_nothing GET "${manifest}" abi requires_minor)
    if(says_nothing)
      set(ARG_TARGET_MINOR 0)
    endif()
  endif()
  target_compile_definitions(plugin_${id}_code PRIVATE CDR_TARGET_MINOR=${ARG_TARGET_MINOR})
  target_compile_options(plugin_${id}_code PRIVATE $<$<COMPILE_LANG_AND_ID:CXX,GNU>:-fno-gnu-unique>)
  target_link_libraries(plugin_${id}_code PUBLIC candour::sdk ${ARG_DEPS} PRIVATE $<TARGET_NAME_IF_EXISTS:candour_flags>)

  add_library(plugin_${id} MODULE $<TARGET_OBJECTS:plugin_${id}_code>)
  target_link_libraries(plugin_${id} PRIVATE ${ARG_DEPS} $<TARGET_NAME_IF_EXISTS:candour_flags>)
  set(language CXX)
  if(NOT "${ARG_SOURCES}" MATCHES "[.](cpp|cc|cxx)(;|$)")
    set(language C)
  endif()
  set_target_properties(plugin_${id} PROPERTIES PREFIX "" OUTPUT_NAME ${name} LINKER_LANGUAGE ${language}
    LIBRARY_OUTPUT_DIRECTORY ${ARG_FOLDER}/${id} LINK_DEPENDS ${candour_sdk_exports})
  target_link_options(plugin_${id} PRIVATE -Wl,--version-script=${candour_sdk_exports} -Wl,-z,now -Wl,-z,relro)
  if(candour_static_runtime)
    target_link_options(plugin_${id} PRIVATE -static-libstdc++ -static-libgcc)
  endif()
  if(NOT CANDOUR_SANITIZE)  # a sanitizer's own symbols come from the program
    target_link_options(plugin_${id} PRIVATE -Wl,-z,defs)
  endif()
  add_custom_command(TARGET plugin_${id} POST_BUILD
    COMMAND ${CMAKE_COMMAND} -E copy_if_different ${ARG_MANIFEST} ${ARG_FOLDER}/${id}/manifest.json VERBATIM)
endfunction()

# candour_add_rust_plugin(ID SOURCES file.rs… [MANIFEST file] [FOLDER dir])
#
# The same from Rust, without a crate: the first source is the root, the others are its modules. The environment says
# CANDOUR_PLUGIN_ID and CANDOUR_PLUGIN_VERSION, for env!(…).
function(candour_add_rust_plugin id)
  cmake_parse_arguments(ARG "" "MANIFEST;FOLDER" "SOURCES" ${ARGN})
  if(NOT ARG_MANIFEST)
    set(ARG_MANIFEST ${CMAKE_CURRENT_SOURCE_DIR}/manifest.json)
  endif()
  if(NOT ARG_FOLDER)
    set(ARG_FOLDER ${CMAKE_BINARY_DIR}/plugins)
  endif()
  find_program(RUSTC rustc REQUIRED)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${ARG_MANIFEST})
  file(READ ${ARG_MANIFEST} manifest)
  string(JSON version GET "${manifest}" version)
  string(JSON library GET "${manifest}" library)
  list(TRANSFORM ARG_SOURCES PREPEND ${CMAKE_CURRENT_SOURCE_DIR}/)
  list(GET ARG_SOURCES 0 root)
  string(MAKE_C_IDENTIFIER ${id} crate)
  file(MAKE_DIRECTORY ${ARG_FOLDER}/${id})
  add_custom_command(OUTPUT ${ARG_FOLDER}/${id}/${library}
    COMMAND ${CMAKE_COMMAND} -E env CANDOUR_PLUGIN_ID=${id} CANDOUR_PLUGIN_VERSION=${version}
      ${RUSTC} --edition 2021 --crate-type cdylib --crate-name ${crate} -O -D warnings
      -C panic=unwind -C strip=symbols -C link-arg=-Wl,-z,now -o ${ARG_FOLDER}/${id}/${library} ${root}
    COMMAND ${CMAKE_COMMAND} -E copy_if_different ${ARG_MANIFEST} ${ARG_FOLDER}/${id}/manifest.json
    DEPENDS ${ARG_SOURCES} ${ARG_MANIFEST} VERBATIM)
  add_custom_target(plugin_${id} ALL DEPENDS ${ARG_FOLDER}/${id}/${library})
  set_target_properties(plugin_${id} PROPERTIES candour_library ${ARG_FOLDER}/${id}/${library})
endfunction()

# candour_test_plugin(ID SOURCES file…)
#
# Two tests: a program of yours, given the path of the finished library, and `candour plugin validate`.
function(candour_test_plugin id)
  cmake_parse_arguments(ARG "" "" "SOURCES" ${ARGN})
  get_target_property(library plugin_${id} candour_library)
  if(NOT library)
    set(library $<TARGET_FILE:plugin_${id}>)
  endif()
  add_executable(plugin_${id}_test ${ARG_SOURCES})
  target_link_libraries(plugin_${id}_test PRIVATE candour::sdk_testing ${CMAKE_DL_LIBS})
  add_dependencies(plugin_${id}_test plugin_${id})
  add_test(NAME ${id} COMMAND plugin_${id}_test ${library})
  if(CANDOUR_PROGRAM)
    add_test(NAME ${id}.validate COMMAND ${CANDOUR_PROGRAM} plugin validate ${library})
  endif()
endfunction()
