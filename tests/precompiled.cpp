/// Nothing of its own: the target of this source holds the precompiled headers of all tests.
