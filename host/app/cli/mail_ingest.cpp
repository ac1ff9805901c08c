#include <sysexits.h>

#include <boost/json.hpp>
#include <cstdlib>
#include <iostream>

#include "app/addresses.hpp"
#include "app/cli/mail_desk.hpp"
#include "app/cli/output.hpp"
#include "app/cli/reach.hpp"
#include "edge/mail/intake/handing_over.hpp"

namespace candour::app::cli {
namespace {

struct Delivery {
    std::string file, lmtp;
    std::optional<std::string> sender;
    std::vector<std::string> recipients;
};

/// A mail server reads these: "later" keeps the mail in its queue, everything else sends it back.
int fail_for_pipes(const Error& error) {
    std::cerr << "candour: " << printable(error.message) << "\n";
    switch (error.code) {
        case ErrorCode::not_found:
            return EX_NOINPUT;
        case ErrorCode::invalid:
            return EX_DATAERR;
        default:
            return EX_TEMPFAIL;
    }
}

std::string from_environment(const char* name) {
    const char* value = std::getenv(name);
    return value == nullptr ? std::string() : value;
}

/// The address in a header field of the mail's own; the first such field, as far as it is on one line.
std::string address_in(const std::string& bytes, const std::string& field) {
    const std::size_t end =
        bytes.find("\n\n") == std::string::npos ? bytes.find("\n\r\n") : bytes.find("\n\n");
    const std::string header = "\n" + bytes.substr(0, end);
    const std::size_t at = header.find("\n" + field + ":");
    if (at == std::string::npos) return {};
    const std::size_t from = at + field.size() + 2;
    std::string value = header.substr(from, header.find_first_of("\r\n", from) - from);
    if (const std::size_t open = value.rfind('<'); open != std::string::npos)
        value = value.substr(open + 1, value.find('>', open) - open - 1);
    const std::size_t first = value.find_first_not_of(' ');
    return first == std::string::npos ? std::string()
                                      : value.substr(first, value.find_last_not_of(' ') - first + 1);
}

/// What local(8) of Postfix, Exim and qmail put into the environment, else the mail's own words.
std::string sender_of(const Delivery& delivery, const std::string& bytes) {
    if (delivery.sender) return *delivery.sender;
    const std::string given = from_environment("SENDER");
    if (given == "MAILER-DAEMON" || given == "<>") return {};
    if (!given.empty()) return given;
    for (const char* field : {"Return-Path", "From"})
        if (std::string address = address_in(bytes, field); !address.empty()) return address;
    return {};
}

std::vector<std::string> recipients_of(const Delivery& delivery, const std::string& bytes,
                                       const std::string& usual) {
    if (!delivery.recipients.empty()) return delivery.recipients;
    for (const char* name : {"ORIGINAL_RECIPIENT", "RECIPIENT"})
        if (std::string given = from_environment(name); !given.empty()) return {given};
    for (const char* field : {"X-Original-To", "Delivered-To", "To"})
        if (std::string address = address_in(bytes, field); is_mail_address(address)) return {address};
    if (!usual.empty()) return {usual};
    return {};
}

int ingest(const Line& line, const Delivery& delivery) {
    const Result<std::filesystem::path> file = find_config(line.shared);
    const Config config = file ? read_config(*file).config : Config{};
    const std::optional<mail::IntakeConfig> server =
        delivery.lmtp.empty() ? config.intake
                              : read_lmtp_address(delivery.lmtp, std::filesystem::current_path());
    if (!server && !delivery.lmtp.empty())
        return fail_usage(
            "--lmtp: expected a loopback address such as 127.0.0.1:2424, or unix:/run/candour/lmtp; found "
            "\"" +
            delivery.lmtp + "\"");
    if (!server) {
        std::cerr << "candour: no mail comes in here: the configuration says no mail.intake.lmtp, and --lmtp "
                     "was not given\n";
        return EX_CONFIG;
    }
    const Result<std::string> bytes = read_file(delivery.file);
    if (!bytes) return fail_for_pipes(bytes.error());
    if (bytes->find_first_not_of(" \t\r\n") == std::string::npos)
        return fail_for_pipes(Error{ErrorCode::invalid, delivery.file + ": expected a mail, found nothing"});
    flow::ArrivedMail mail{sender_of(delivery, *bytes),
                           recipients_of(delivery, *bytes, config.intake_address),
                           mail::as_it_travels(*bytes)};
    if (mail.recipients.empty())
        return fail_usage("--recipient: expected for whom the mail is; nothing in it or around it says so");
    if (Done kept = mail::hand_over(*server, mail); !kept) return fail_for_pipes(kept.error());
    if (line.shared.json)
        print_json(boost::json::object{
            {"kept", true},
            {"sender", mail.sender},
            {"recipients", boost::json::array(mail.recipients.begin(), mail.recipients.end())}});
    return kOk;
}

}  // namespace

void add_mail_ingest(CLI::App& mail, Line& line) {
    CLI::App& command = add(
        mail,
        {"ingest", "hand one mail to the host, from a pipe or a file",
         "For mail servers that deliver through a program. Returns when the host has made the mail durable; "
         "what it\n"
         "means shows in candour mail list. Silent when all is well. Exit codes are those of sysexits.h: 0 "
         "kept, 75 try\n"
         "again later, 65 never, 66 no such file, 78 no address configured (2 is wrong usage, as "
         "everywhere).",
         "feedback: \"|/usr/bin/candour --config /etc/candour/candour.toml mail ingest -\"     # in "
         "/etc/aliases\n"
         "candour mail ingest --sender ada@otter.example --recipient feedback@example.com complaint.eml"});
    auto delivery = std::make_shared<Delivery>();
    command.add_option("FILE", delivery->file, "one mail as it came; - is standard input")->required();
    command
        .add_option("--lmtp", delivery->lmtp,
                    "where the host takes mail in; else mail.intake.lmtp of the configuration")
        ->type_name("ADDRESS");
    command
        .add_option("--sender", delivery->sender,
                    "of the envelope, \"\" for none; else SENDER, Return-Path, From")
        ->type_name("ADDRESS");
    command
        .add_option("--recipient", delivery->recipients,
                    "of the envelope, may be repeated; else RECIPIENT, Delivered-To, To, mail.intake.address")
        ->type_name("ADDRESS");
    run_by(command, line, [&line, delivery] { return ingest(line, *delivery); });
}

}  // namespace candour::app::cli
