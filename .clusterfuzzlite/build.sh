#!/bin/bash -eu
exec "$SRC/mtasts/fuzz/oss-fuzz/build.sh"
