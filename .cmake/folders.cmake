# candour_library(NAME [DEPS target…]): the folder's *.cpp as one static library. Its link line is the layer arrow.
function(candour_library name)
  cmake_parse_arguments(ARG "" "" "DEPS" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp ${CMAKE_CURRENT_SOURCE_DIR}/*/*.cpp)
  if(NOT sources)
    add_library(${name} INTERFACE)
    target_include_directories(${name} INTERFACE ${CMAKE_SOURCE_DIR}/host)
    target_link_libraries(${name} INTERFACE ${ARG_DEPS})
    return()
  endif()
  add_library(${name} STATIC ${sources})
  target_include_directories(${name} PUBLIC ${CMAKE_SOURCE_DIR}/host)
  target_link_libraries(${name} PUBLIC ${ARG_DEPS} PRIVATE candour_flags)
  candour_use_pch(${name})
endfunction()

# One precompiled header for the host, one with GoogleTest for the tests; plugins are built with flags of their own and
# do without.
function(candour_use_pch name)
  target_link_libraries(${name} PUBLIC candour_pch)
  candour_reuse_pch(${name} candour_pch)
endfunction()

# A test runs once after it was compiled, so it is compiled quickly rather than well.
function(candour_use_test_pch name)
  target_link_libraries(${name} PRIVATE candour_pch)
  target_compile_options(${name} PRIVATE -O0)
  candour_reuse_pch(${name} candour_test_pch)
endfunction()

function(candour_reuse_pch name from)
  target_precompile_headers(${name} REUSE_FROM ${from})
  # CMake compiles programs with -fPIE, the header was precompiled with -fPIC, and g++ refuses the mixture.
  get_target_property(type ${name} TYPE)
  if(type STREQUAL EXECUTABLE)
    set_target_properties(${name} PROPERTIES POSITION_INDEPENDENT_CODE OFF)
    target_compile_options(${name} PRIVATE -fPIC)
  endif()
endfunction()

# candour_test(NAME [SOURCES file…] [DEPS target…] [LABELS label…]): by default the folder's *_test.cpp.
function(candour_test name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPS;LABELS" ${ARGN})
  if(NOT ARG_SOURCES)
    file(GLOB ARG_SOURCES CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*_test.cpp ${CMAKE_CURRENT_SOURCE_DIR}/*/*_test.cpp)
  endif()
  add_executable(${name} ${ARG_SOURCES})
  target_include_directories(${name} PRIVATE ${CMAKE_SOURCE_DIR}/tests)
  target_link_libraries(${name} PRIVATE ${ARG_DEPS} candour_flags GTest::gtest GTest::gmock GTest::gtest_main)
  candour_use_test_pch(${name})
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
  add_test(NAME ${name} COMMAND ${name})
  set_tests_properties(${name} PROPERTIES TIMEOUT 600 LABELS "${ARG_LABELS}")
endfunction()
