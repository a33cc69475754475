// SPDX-License-Identifier: Apache-2.0

// What makes models out of files.

package import FEEL

extension DecisionModel {
    /// Reads a model. The first file is the model itself; the others are there to be imported.
    ///
    /// - Throws: All problems that were found, if there are any; with `standard`, if no model can
    ///   be made.
    package static func read(
        _ files: [DecisionFile],
        _ reading: DecisionReading = .strict,
        zones: FEELZones = .utcOnly
    ) throws(DecisionModelError) -> DecisionModel {
        let builder = ModelBuilder(zones: zones)
        let model = builder.model(files)
        let problems = builder.problems
        guard let model, !problems.hasStructural,
            reading == .standard || problems.problems.isEmpty
        else { throw DecisionModelError(problems: problems.problems) }
        return model
    }
}
