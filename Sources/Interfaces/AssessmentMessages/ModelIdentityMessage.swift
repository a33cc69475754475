// SPDX-License-Identifier: Apache-2.0

// The identity of a model that every answer carries.

internal import ProtobufCoding
package import Scoring
package import VigieProtos

extension Vigie_V1_LocalizedText {
    /// The message of a text.
    package init(_ text: LocalizedText) {
        self.init()
        en = text.english
        fr = text.french
    }
}

extension Vigie_V1_ModelIdentity {
    /// The message of a model, as of a day.
    ///
    /// - Parameter tellsBase: Whether reasons are told, which start from the base.
    package init(_ model: ScoringModel, asOfDate: String, tellsBase: Bool) {
        self.init()
        name = model.manifest.name
        version = model.manifest.version
        contentHash = model.contentHash
        event = model.manifest.eventIdentifier
        horizonMonths = UInt32(clamping: model.manifest.horizonMonths)
        scoreScale = model.manifest.scoreScale.identifier
        highScoreIsSafe = model.manifest.scoreScale.isHighSafe
        self.asOfDate = asOfDate
        baseLogOdds = tellsBase ? model.baseLogOdds : 0
    }
}
