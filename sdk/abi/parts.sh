# What guard and freeze have in common: how a header becomes what is compared. Sourced by both.
# shellcheck shell=bash

# The text that a compiler sees, without the headers of the system.
text_of() {  # INCLUDE MINOR
    mkdir -p "$work/empty"
    : >"$work/empty/stddef.h"
    : >"$work/empty/stdint.h"
    printf '#include <candour/abi.h>\n' >"$work/whole.c"
    # One statement per line, however the header is laid out.
    gcc -E -P -nostdinc -I"$work/empty" -I"$1" -DCDR_TARGET_MINOR="$2" "$work/whole.c" |
        tr -s '[:space:]' ' ' | sed -e 's/\([;{}]\) */\1\n/g' -e 's/( /(/g'
}

# Constants and ids. What says how new the header is, is no promise.
macros_of() {  # INCLUDE MINOR
    gcc -dM -E -I"$1" -DCDR_TARGET_MINOR="$2" -x c "$abi/anchor.c" | grep '^#define CDR_' |
        grep -v -e '^#define CDR_ABI_MINOR ' -e '^#define CDR_TARGET_MINOR ' | sort
}

library_of() {  # INCLUDE MINOR OUT
    local include
    include=$(realpath "$1")
    # From its own folder, so that no path of this machine gets into the description.
    (cd "$abi" && gcc -std=c99 -g -O0 -fPIC -shared -fvisibility=hidden -I"$include" -DCDR_TARGET_MINOR="$2" anchor.c -o "$3")
}

# Where each member lies, as C that compiles only while it does. A member is a line of abidw's description.
layout_of() {  # DESCRIPTION INCLUDE MINOR
    local members
    members=$(sed -n \
        -e "s/.*<class-decl name='\(cdr_[a-z_]*\)'.*/@\1/p" \
        -e "s/.*<data-member .*/member/p" \
        -e "s/.*<var-decl name='\([a-z_0-9]*\)'.*/.\1/p" "$1" |
        awk '/^@/ { type = substr($0, 2) } /^member/ { inside = 1; next } /^\./ && inside { print type, substr($0, 2); inside = 0 }')
    {
        printf '#include <candour/abi.h>\n#include <stdio.h>\nint main(void) {\n'
        while read -r type member; do
            printf 'printf("_Static_assert(offsetof(%s, %s) == %%d && sizeof(((%s *)0)->%s) == %%d, \\"%s.%s moved\\");\\n", (int)offsetof(%s, %s), (int)sizeof(((%s *)0)->%s));\n' \
                "$type" "$member" "$type" "$member" "$type" "$member" "$type" "$member" "$type" "$member"
        done <<<"$members"
        for type in cdr_str cdr_bytes cdr_buf; do
            printf 'printf("_Static_assert(sizeof(%s) == %%d, \\"%s grew\\");\\n", (int)sizeof(%s));\n' "$type" "$type" "$type"
        done
        printf 'return 0; }\n'
    } >"$work/layout_printer.c"
    gcc -I"$2" -DCDR_TARGET_MINOR="$3" "$work/layout_printer.c" -o "$work/layout_printer"
    "$work/layout_printer"
}

# What crosses between a plugin and the smallest host.
trace_of() {  # DRIVER PLUGIN
    "$1" "$2" host kv timer outside facts strange 2>&1
}
