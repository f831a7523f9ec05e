/*
 * The version of the C interface.
 *
 * SPDX-License-Identifier: MIT
 *
 * This file is generated. Change Cargo.toml.
 */
#ifndef NGHTTP2VER_H
#define NGHTTP2VER_H

/**
 * The version as text.
 */
#define NGHTTP2_VERSION "1.70.0"

/**
 * The version as a number: major, minor and patch with eight bits each.
 */
#define NGHTTP2_VERSION_NUM 0x014600

#endif /* NGHTTP2VER_H */
