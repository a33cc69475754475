// SPDX-License-Identifier: Apache-2.0

// The executable of the command line tool; all of it is in VigieCommand.

internal import VigieCommand

await VigieTool.launch()
