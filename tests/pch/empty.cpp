// CMake wants a source beside the precompiled header.
