/// The commands that move an item, in three families; each hangs its commands under `candour item`.
#pragma once
#include <boost/json/object.hpp>

#include <functional>
#include <memory>

#include "app/cli/frame.hpp"
#include "app/cli/steps.hpp"

namespace candour::app::cli {

void add_counting(CLI::App& item, Line& line);    ///< add, counts
void add_statements(CLI::App& item, Line& line);  ///< hear, decide, change
void add_telling(CLI::App& item, Line& line);     ///< tell, cancel-tell, seen
void add_endings(CLI::App& item, Line& line);     ///< no-objection, objects, dismiss, abandon, reopen
void add_belonging(CLI::App& item, Line& line);   ///< undo, hand-over, merge, our-failure, note

/// ITEM and --version.
void take_aim(CLI::App& command, Aim& aim);
/// An option whose value may be a text, @FILE or -.
CLI::Option* add_words(CLI::App& command, const char* name, std::string& into, const char* description);
/// Replaces @FILE and - by what they mean; the body stays as it is on an error.
Done read_words(boost::json::object& body);

/// Gives the step and prints the item afterwards, with what comes next.
int step(const Line& line, const Aim& aim, const char* name, boost::json::object body);
/// The same, with a word of its own after it.
int step(const Line& line, const Aim& aim, const char* name, boost::json::object body,
         const std::function<void(const boost::json::value& item)>& afterword);

}  // namespace candour::app::cli
