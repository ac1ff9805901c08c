# candour_embed_texts(TARGET NAMESPACE ns OUTPUT file.hpp FILES file…)
# Each file becomes `inline constexpr std::string_view ns::<name_ext>`, so that the binary needs no data folder.
function(candour_embed_texts target)
  cmake_parse_arguments(ARG "" "NAMESPACE;OUTPUT" "FILES" ${ARGN})
  set(out ${CMAKE_CURRENT_BINARY_DIR}/generated/${ARG_OUTPUT})
  add_custom_command(OUTPUT ${out}
    COMMAND ${CMAKE_COMMAND} -DOUT=${out} -DNAMESPACE=${ARG_NAMESPACE} "-DFILES=${ARG_FILES}" -P ${CMAKE_SOURCE_DIR}/.cmake/embed_texts.cmake
    DEPENDS ${ARG_FILES} ${CMAKE_SOURCE_DIR}/.cmake/embed_texts.cmake VERBATIM)
  add_custom_target(${target}_texts DEPENDS ${out})
  add_library(${target} INTERFACE)
  add_dependencies(${target} ${target}_texts)
  target_include_directories(${target} INTERFACE ${CMAKE_CURRENT_BINARY_DIR}/generated)
endfunction()

# candour_embed_queries(TARGET OUTPUT file.hpp FILES file.sql…): `-- name: x` in loop.sql becomes candour::sql::loop::x.
function(candour_embed_queries target)
  cmake_parse_arguments(ARG "" "OUTPUT" "FILES" ${ARGN})
  set(out ${CMAKE_CURRENT_BINARY_DIR}/generated/${ARG_OUTPUT})
  add_custom_command(OUTPUT ${out}
    COMMAND ${CMAKE_COMMAND} -DOUT=${out} "-DFILES=${ARG_FILES}" -P ${CMAKE_SOURCE_DIR}/.cmake/embed_queries.cmake
    DEPENDS ${ARG_FILES} ${CMAKE_SOURCE_DIR}/.cmake/embed_queries.cmake VERBATIM)
  add_custom_target(${target}_queries DEPENDS ${out})
  add_library(${target} INTERFACE)
  add_dependencies(${target} ${target}_queries)
  target_include_directories(${target} INTERFACE ${CMAKE_CURRENT_BINARY_DIR}/generated)
endfunction()
