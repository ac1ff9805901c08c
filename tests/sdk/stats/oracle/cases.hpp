/// The functions that an oracle file may ask for, by name. Each takes a case's inputs and gives every output
/// it has.
#pragma once
#include <boost/json.hpp>
#include <functional>
#include <map>
#include <string>

namespace candour::oracle {

using Function = std::function<boost::json::object(const boost::json::object&)>;
using Functions = std::map<std::string, Function, std::less<>>;

void add_nps(Functions& functions);     ///< scores, intervals, waves, accounts, the rolling state
void add_people(Functions& functions);  ///< rates, advocacy, trust, engagement, breadth, segments, champions
void add_loops(Functions& functions);   ///< how long until it is closed, and what is open
void add_patterns(Functions& functions);  ///< signals, charts, words, merging

}  // namespace candour::oracle
