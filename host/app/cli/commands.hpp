/// The commands by what they are about; each function hangs its commands under `root`.
#pragma once
#include "app/cli/frame.hpp"

namespace candour::app::cli {

void add_setup(CLI::App& root, Line& line);  ///< init, migrate, config check, version
void add_serve(CLI::App& root, Line& line);  ///< serve, routes
void add_contact(CLI::App& root, Line& line);
void add_teammate(CLI::App& root, Line& line);
void add_doctor(CLI::App& root, Line& line);
void add_completion(CLI::App& root, Line& line);
void add_man(CLI::App& root, Line& line);
void add_token(CLI::App& root, Line& line);
void add_user(CLI::App& root, Line& line);
void add_audit(CLI::App& root, Line& line);
void add_webhook(CLI::App& root, Line& line);
void add_brand(CLI::App& root, Line& line);
void add_item(CLI::App& root, Line& line);
void add_watch(CLI::App& root, Line& line);
void add_rules(CLI::App& root, Line& line);
void add_theme(CLI::App& root, Line& line);
void add_commitment(CLI::App& root, Line& line);
void add_care(CLI::App& root, Line& line);    ///< calendar, care
void add_people(CLI::App& root, Line& line);  ///< import, account
void add_answer(CLI::App& root, Line& line);
void add_surveys(CLI::App& root, Line& line);  ///< survey, link
void add_campaigns(CLI::App& root, Line& line);
void add_suppressions(CLI::App& root, Line& line);
void add_outside(CLI::App& root, Line& line);  ///< message, plugin
void add_ledger(CLI::App& root, Line& line);   ///< ledger, rebuild
void add_mail(CLI::App& root, Line& line);     ///< mail explain, ingest, list, show, assign, dismiss, retry
void add_metric(CLI::App& root, Line& line);
void add_signals(CLI::App& root, Line& line);
void add_export(CLI::App& root, Line& line);
void add_demo(CLI::App& root, Line& line);

// Their headings in `candour --help`.
inline constexpr const char* kLoopGroup = "The loop";
inline constexpr const char* kPeopleGroup = "Who we serve and what we ask";
inline constexpr const char* kProofGroup = "Proof";
inline constexpr const char* kHouseGroup = "The house";

}  // namespace candour::app::cli
