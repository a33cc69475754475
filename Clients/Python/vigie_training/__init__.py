# SPDX-License-Identifier: Apache-2.0
"""Trains the models that Vigie ships and writes them as bundles."""

__version__ = "1.0.0"
