# libnghttp2 for C users. Cargo builds; this installs, and runs what must hold.
#
#   make                   the release library and its man pages
#   make man               man pages, in man/ in the build directory
#   make html              the same as HTML, in html/
#   make install           PREFIX= LIBDIR= INCLUDEDIR= MANDIR= DESTDIR=
#                          TARGET= for another processor, as Rust names it (Cargo's variables say how)
#   make uninstall         with the same variables
#   make deb               Debian packages that replace the distribution's
#   make dist              a source archive that builds without a network
#   make check             everything that must hold
#   make demo              the library at work
#   make docs              the guide as a book, in docs/guide in the build directory
#   make differential      a long comparison with the original: N= scripts from SEED= on
#   make fuzz              each fuzz target for SECONDS=
#   make hostile-report    what each flood costs, beside the original
#   make check-deb         the Debian packages, in a system of their own (as root)
#   make check-platforms   the library on other processors, emulated (as root)
#   make check-dist        the source archive builds the same library, without a network
#   make check-reproducible   two builds give the same octets
#   make bench             time beside the original: BENCH= options, such as '--quick --only decode'
#   make bench-ir          instructions beside the original
#   make bench-memory      heap and file sizes beside the original
#   make bench-e2e         what a request costs unmodified programs, beside the original
#   make bench-baseline    writes down what check-bench holds instructions and heap against
#   make profile           renews what the compiler knows of how programs use the library

PREFIX ?= /usr/local
LIBDIR ?= $(PREFIX)/lib
INCLUDEDIR ?= $(PREFIX)/include
MANDIR ?= $(PREFIX)/share/man
DESTDIR ?=
N ?= 1000000
SEED ?= 1
SECONDS ?= 60
CARGO ?= cargo
INSTALL ?= install
LDCONFIG ?= ldconfig
# Others have such a variable in the environment.
ifneq ($(origin TARGET),command line)
override TARGET :=
endif

# Two versions out of Cargo.toml: that of the C interface, and that of the library file.
interface := $(shell sed -n 's/^interface = "\(.*\)"/\1/p' Cargo.toml)
library := $(shell sed -n '/^\[package.metadata.capi.library\]/,/^$$/s/^version = "\(.*\)"/\1/p' Cargo.toml)
soname := libnghttp2.so.$(firstword $(subst ., ,$(library)))
file := libnghttp2.so.$(library)

target := $(if $(CARGO_TARGET_DIR),$(CARGO_TARGET_DIR),target)
stage := $(abspath $(target)/stage)
release := $(target)/$(if $(TARGET),$(TARGET)/)release
built := $(release)/libnghttp2.so
originals := $(target)/originals
fuzzed := $(target)/fuzz
profile := profile/nghttp2.profdata profile/compiler profile/rustc
sources := Cargo.toml Cargo.lock build.rs $(shell find src engine/src engine/Cargo.toml -type f)
headers := $(addprefix include/nghttp2/,nghttp2.h nghttp2ver.h nghttp2x.h)
pages := $(target)/man/man3
manual := $(target)/man/made

.PHONY: all man html docs install uninstall stage clean demo check deb dist
.PHONY: check-tools check-format check-lint check-docs check-engine check-c check-reference check-install
.PHONY: check-reproducible check-deb check-platforms check-dist check-package check-examples
.PHONY: check-examples-rust check-guide check-sys
.PHONY: check-differential check-hostile check-fuzz check-overflow
.PHONY: check-programs check-programs-full differential hostile-report fuzz originals
.PHONY: bench bench-ir bench-memory bench-e2e bench-baseline check-bench check-workloads profile

all: $(built) man

# Cargo does not notice when the profile begins to apply, or is applied in another way.
$(built): $(sources) $(profile)
	@scripts/toolchain.sh
	@[ ! -e $@ ] || [ -z "$$(find $(profile) -newer $@)" ] || touch src/lib.rs engine/src/lib.rs
	$(CARGO) build --release --locked $(if $(TARGET),--target $(TARGET))
	@touch $@

# The reference is made from the comments in the headers. Its pages, some hundreds, would only double what
# version control has already; so they are built like the library, in a second or two.
write_reference = $(CARGO) run -q --locked -p nghttp2-reference --

man: $(manual)

$(manual): $(headers) $(shell find reference/src reference/Cargo.toml -type f)
	@scripts/toolchain.sh
	$(write_reference) man include/nghttp2 $(pages)
	@touch $@

html:
	@scripts/toolchain.sh
	$(write_reference) html include/nghttp2 $(target)/html

# ---- installing ----

# What tells pkg-config and CMake where things are.
cmake_files := nghttp2Config.cmake nghttp2ConfigVersion.cmake nghttp2Targets.cmake
fill = sed -e 's|@PREFIX@|$(PREFIX)|' -e 's|@LIBDIR@|$(LIBDIR)|' -e 's|@INCLUDEDIR@|$(INCLUDEDIR)|' \
	-e 's|@VERSION@|$(interface)|' -e 's|@FILE@|$(file)|' -e 's|@SONAME@|$(soname)|' \
	-e "s|@POINTER_SIZE@|$(pointer_size)|"
# The fifth octet of an ELF file is 1 for 32 bits, and 2 for 64.
pointer_size = $$((4 * $$(od -An -tu1 -j4 -N1 $(built))))

# Copies only, so that root needs no cargo after somebody else's make.
install: $(built) $(manual)
	$(INSTALL) -d "$(DESTDIR)$(LIBDIR)/pkgconfig" "$(DESTDIR)$(LIBDIR)/cmake/nghttp2" \
		"$(DESTDIR)$(INCLUDEDIR)/nghttp2" "$(DESTDIR)$(MANDIR)/man3"
	$(INSTALL) -m 644 $(built) "$(DESTDIR)$(LIBDIR)/$(file)"
	ln -sf $(file) "$(DESTDIR)$(LIBDIR)/$(soname)"
	ln -sf $(file) "$(DESTDIR)$(LIBDIR)/libnghttp2.so"
	$(INSTALL) -m 644 $(release)/libnghttp2.a "$(DESTDIR)$(LIBDIR)/"
	$(INSTALL) -m 644 include/nghttp2/nghttp2.h include/nghttp2/nghttp2ver.h \
		include/nghttp2/nghttp2x.h "$(DESTDIR)$(INCLUDEDIR)/nghttp2/"
	$(fill) pkgconfig/libnghttp2.pc.in >"$(DESTDIR)$(LIBDIR)/pkgconfig/libnghttp2.pc"
	chmod 644 "$(DESTDIR)$(LIBDIR)/pkgconfig/libnghttp2.pc"
	$(INSTALL) -m 644 $$(find $(pages) -type f) "$(DESTDIR)$(MANDIR)/man3/"
	cp -fP $$(find $(pages) -type l) "$(DESTDIR)$(MANDIR)/man3/"
	for name in $(cmake_files); do \
		$(fill) "cmake/$$name.in" >"$(DESTDIR)$(LIBDIR)/cmake/nghttp2/$$name" && \
		chmod 644 "$(DESTDIR)$(LIBDIR)/cmake/nghttp2/$$name" || exit 1; \
	done
	@if [ -z "$(DESTDIR)" ] && [ "$$(id -u)" -eq 0 ]; then $(LDCONFIG) || true; fi

# Pages are called like what the headers declare. So none is taken away that is not ours, and the build
# directory need not be there any more.
words = grep -Eoh '(nghttp2x?|NGHTTP2X?)_[A-Za-z0-9_]+' $(headers) | sort -u
documented = libnghttp2 nghttp2_constants $$($(words))

uninstall:
	for page in $(documented); do rm -f "$(DESTDIR)$(MANDIR)/man3/$$page.3"; done
	rm -f "$(DESTDIR)$(LIBDIR)/$(file)" "$(DESTDIR)$(LIBDIR)/$(soname)" \
		"$(DESTDIR)$(LIBDIR)/libnghttp2.so" "$(DESTDIR)$(LIBDIR)/libnghttp2.a" \
		"$(DESTDIR)$(LIBDIR)/pkgconfig/libnghttp2.pc" \
		$(addprefix "$(DESTDIR)$(LIBDIR)"/cmake/nghttp2/,$(cmake_files)) \
		"$(DESTDIR)$(INCLUDEDIR)/nghttp2/nghttp2.h" \
		"$(DESTDIR)$(INCLUDEDIR)/nghttp2/nghttp2ver.h" \
		"$(DESTDIR)$(INCLUDEDIR)/nghttp2/nghttp2x.h"
	-rmdir "$(DESTDIR)$(INCLUDEDIR)/nghttp2" "$(DESTDIR)$(LIBDIR)/cmake/nghttp2" 2>/dev/null

# An installation inside the build directory, for the examples. The system's loader is not concerned.
stage: $(built) $(manual)
	@$(MAKE) --no-print-directory -s install PREFIX=$(stage) LIBDIR=$(stage)/lib \
		INCLUDEDIR=$(stage)/include MANDIR=$(stage)/share/man DESTDIR= LDCONFIG=:

clean:
	$(CARGO) clean

# ---- distributing ----

# Into deb/ in the build directory.
deb: $(built)
	@scripts/deb.sh $(target)/deb

# Of what is committed, into dist/ in the build directory.
dist:
	@scripts/dist.sh $(target)/dist

# ---- showing ----

demo: stage
	@scripts/demo.sh $(stage)

# The pages read well as they are; this makes a book of them.
docs:
	@PATH="$(abspath $(target))/tools/bin:$$PATH"; command -v mdbook >/dev/null || \
		$(CARGO) install --locked --root $(target)/tools mdbook
	PATH="$(abspath $(target))/tools/bin:$$PATH" mdbook build docs/guide \
		--dest-dir "$(abspath $(target))/docs/guide"

# ---- checking ----

# What dist has archived builds the library and its engine; all else is for a checkout.
ifeq ($(wildcard .cargo/whole-workspace),)
checks := check-tools check-format check-lint check-docs check-engine check-package check-c check-reference \
	check-install check-examples check-examples-rust check-guide check-sys check-differential \
	check-hostile check-fuzz check-overflow check-bench check-reproducible check-dist \
	check-programs
else
checks := check-tools check-engine check-install check-examples check-guide check-reproducible
endif

check: $(checks)
	@echo 'everything holds'

check-tools:
	@[ -z "$(TARGET)" ] || { echo 'what is checked is the library for this machine' >&2; exit 1; }
	@scripts/toolchain.sh rustfmt clippy

check-format: check-tools
	$(CARGO) fmt --all --check
	$(CARGO) fmt --manifest-path fuzz/Cargo.toml --check

check-lint: check-tools
	$(CARGO) clippy --locked --workspace --all-targets -- -D warnings
	CARGO_TARGET_DIR=$(fuzzed) $(CARGO) clippy --locked --manifest-path fuzz/Cargo.toml \
		--all-targets -- -D warnings

check-docs: check-tools
	RUSTDOCFLAGS='-D warnings' $(CARGO) doc --locked --workspace --no-deps

check-engine: check-tools
	$(CARGO) test --locked -p nghttp2-engine

# What others would get of the engine builds by itself.
check-package: check-tools
	$(CARGO) package --locked --allow-dirty -p nghttp2-engine

# C programs against the library: behaviour, names, header, exports, memory. A few run under valgrind
# as well, or with NGHTTP2_VALGRIND=all every one.
check-c: check-tools $(built) originals
	@. scripts/need.sh; need valgrind:valgrind
	export NGHTTP2_LIB_DIR='$(abspath $(target)/release)'; \
	export NGHTTP2_VALGRIND=$${NGHTTP2_VALGRIND:-1}; \
	newest='$(abspath $(originals))/1.70.0/include'; \
	[ ! -d "$$newest" ] || export NGHTTP2_ORIGINAL_INCLUDE_DIR="$$newest"; \
	$(CARGO) test --locked -p capi-tests

# Every item is documented, and has its place in man pages and HTML that are well formed.
check-reference: check-tools
	@. scripts/need.sh; need mandoc:mandoc groff:groff-base man:man-db tidy:tidy
	$(CARGO) test --locked -p nghttp2-reference

check-install: $(built)
	scripts/test-install.sh
	scripts/test-consumers.sh

check-reproducible: $(built)
	scripts/test-reproducible.sh $(target)

check-deb: $(built)
	scripts/test-deb.sh $(target)

check-platforms:
	scripts/test-platforms.sh

check-dist: check-tools
	scripts/test-dist.sh

check-examples: stage
	scripts/test-examples.sh $(stage)

check-guide: stage
	scripts/test-guide.sh $(stage)

check-examples-rust: check-tools
	scripts/test-examples-rust.sh $(target)/examples-rust

# What stands in for the crate libnghttp2-sys, by itself and below the crate curl.
check-sys: check-tools stage
	scripts/test-sys.sh $(target)/sys $(stage)

# The apparatus that compares with the original, by itself and at work.
check-differential: check-tools $(built) originals
	$(CARGO) test --locked -p differential
	scripts/differential.sh $(built) $(originals) 20000

# Every known attack: our library, the engine by itself and, where it is, the original.
current := $(originals)/1.70.0/libnghttp2.so.14
driver := $(target)/release/differential
sections = ls differential/hostile | sed 's/[.]txt$$//'
hostile = $(driver) hostile --lib $(built) $$([ ! -e $(current) ] || echo --a $(current))

check-hostile: check-tools $(built) originals
	$(CARGO) build --release --locked -q -p differential
	$(sections) | xargs -n 1 -P 2 $(hostile)

hostile-report: check-tools $(built) originals
	$(CARGO) build --release --locked -q -p differential
	$(hostile) --report

# The fuzz targets on their seeds and on twenty thousand changes of them, without guidance.
check-fuzz: check-tools
	@. scripts/need.sh; need c++:g++
	export CARGO_TARGET_DIR=$(fuzzed); \
	$(CARGO) build --release --locked --manifest-path fuzz/Cargo.toml && \
	$(CARGO) run -q --release --locked --manifest-path fuzz/Cargo.toml --example seeds $(fuzzed)/seeds
	@for file in fuzz/fuzz_targets/*.rs; do \
		name=$$(basename "$$file" .rs); mkdir -p $(fuzzed)/seeds/$$name; \
		$(fuzzed)/release/$$name -runs=20000 -max_total_time=20 -timeout=10 \
			-artifact_prefix=$(fuzzed)/ -dict=fuzz/http2.dict $(fuzzed)/seeds/$$name \
			>$(fuzzed)/$$name.log 2>&1 || { tail -n 40 $(fuzzed)/$$name.log; exit 1; }; \
		echo "$$name: no finding"; \
	done

# Goes on where it was stopped. Needs cargo-fuzz.
fuzz:
	fuzz/run.sh $(SECONDS)

# The same tests on a library in which an overflow, or an assertion that does not hold, ends the
# program. (Which symbols the file may import is another test's subject.)
checked := $(abspath $(target))/checked
check-overflow: check-tools originals
	export CARGO_PROFILE_RELEASE_OVERFLOW_CHECKS=true CARGO_PROFILE_RELEASE_DEBUG_ASSERTIONS=true; \
	export CARGO_TARGET_DIR='$(checked)'; \
	$(CARGO) build --release --locked && $(CARGO) test --release --locked -p nghttp2-engine
	NGHTTP2_LIB_DIR='$(checked)/release' $(CARGO) test --locked -p capi-tests --test c_programs
	scripts/differential.sh '$(checked)/release/libnghttp2.so' $(originals) 20000
	$(sections) | xargs -n 1 -P 2 $(driver) hostile --lib '$(checked)/release/libnghttp2.so'

differential: check-tools $(built) originals
	scripts/differential.sh $(built) $(originals) $(N) $(SEED)

# ---- measuring ----

# Tables are printed, and written to bench/ in the build directory.
BENCH ?=
bench := $(target)/release/nghttp2-bench
build_bench = $(CARGO) build --release --locked -q -p nghttp2-bench

bench: check-tools $(built) originals
	$(build_bench)
	$(bench) times $(BENCH)

bench-ir: check-tools $(built) originals
	@. scripts/need.sh; need valgrind:valgrind
	$(build_bench)
	$(bench) instructions $(BENCH)

bench-memory: check-tools $(built) originals
	@. scripts/need.sh; need readelf:binutils strip:binutils
	$(build_bench)
	$(bench) memory $(BENCH)

bench-e2e: $(built)
	scripts/bench-e2e.sh $(if $(filter --quick,$(BENCH)),--quick) $(target)/release

# Our library alone, so that whatever else is there does not count: neither does a larger corpus.
bench-baseline: check-tools $(built)
	@. scripts/need.sh; need valgrind:valgrind
	$(build_bench)
	env -u HPACK_CORPUS $(bench) baseline

profile: check-tools $(built)
	profile/renew.sh $(target)
	@$(MAKE) --no-print-directory $(built)

# What is measured, once: every library must do the same.
check-workloads: check-tools $(built) originals
	NGHTTP2_LIB_DIR='$(abspath $(target)/release)' $(CARGO) test --locked -p nghttp2-bench

# No more instructions or heap than were written down.
check-bench: check-workloads
	@. scripts/need.sh; need valgrind:valgrind
	$(build_bench)
	env -u HPACK_CORPUS $(bench) check

# Releases of the original to compare with, unpacked below the build directory.
originals:
	@scripts/originals.sh $(originals)

# Real work by unmodified programs; check-programs-full does all of it.
check-programs: $(built)
	scripts/programs.sh --smoke $(target)/release

check-programs-full: $(built)
	scripts/programs.sh $(target)/release
