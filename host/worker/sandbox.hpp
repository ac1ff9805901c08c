/// The walls around a plugin, all of them up before any of its code runs: a library's constructors run while
/// it is loaded.
#pragma once
#include <string>
#include <vector>

#include "candour/result.hpp"
#include "remote/control.hpp"

namespace candour::worker {

/// The parts that this kernel does not offer, by name; empty: all of them stand. Called once, by the only
/// thread. Errors: internal, with what could not be set up although the kernel knows it.
Result<std::vector<std::string>> confine(const remote::Confinement& walls);

/// Files and folders below these can be read, nothing can be written. false: the kernel has no Landlock.
Result<bool> allow_only_reading(const std::vector<std::string>& readable);

/// Only the calls of the list in system_calls.cpp; the others fail with EPERM. false: the kernel has no
/// seccomp.
Result<bool> allow_only_listed_calls();

}  // namespace candour::worker
