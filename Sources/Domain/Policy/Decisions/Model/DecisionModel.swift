// SPDX-License-Identifier: Apache-2.0

// A model, compiled: what can be asked of it, and what it asks for. It is made once, is never
// changed and serves any number of threads; what an evaluation needs for itself is in a
// DecisionEvaluation.

internal import ExactTexts
internal import FEEL

/// A compiled model.
package final class DecisionModel: Sendable {
    /// Its name.
    package let name: String
    /// Its namespace.
    package let namespace: String
    /// Inputs, decisions, business knowledge and services, those of imported models too.
    package let nodes: [DecisionNode]
    /// All decision tables.
    package let tables: [DecisionTable]
    /// What is wrong with expressions; empty if it was read strictly.
    package let problems: [DecisionProblem]
    /// The zones that times may be in.
    let zones: FEELZones
    private let places: [DecisionName: Int]
    /// Nodes of a name in all models; -1 where there are several.
    private let placesByName: [ExactText: Int]

    init(
        name: String,
        namespace: String,
        nodes: [DecisionNode],
        tables: [DecisionTable],
        problems: [DecisionProblem],
        zones: FEELZones
    ) {
        self.name = name
        self.namespace = namespace
        self.nodes = nodes
        self.tables = tables
        self.problems = problems
        self.zones = zones
        var places: [DecisionName: Int] = [:]
        var placesByName: [ExactText: Int] = [:]
        for (place, node) in nodes.enumerated() {
            places[DecisionName(namespace: node.namespace, name: node.name)] = place
            let key = ExactText(node.name)
            placesByName[key] = placesByName[key] == nil ? place : -1
        }
        (self.places, self.placesByName) = (places, placesByName)
    }

    /// The place of a node: one of a namespace, or else one of the model itself, or else the only
    /// one of that name in imported models; nil when there is none.
    package func node(_ name: String, namespace: String? = nil) -> Int? {
        if let place = places[DecisionName(namespace: namespace ?? self.namespace, name: name)] {
            return place
        }
        guard namespace == nil, let place = placesByName[ExactText(name)], place >= 0 else {
            return nil
        }
        return place
    }

    /// The places of the nodes of a kind, in the order of the files.
    package func nodes(_ kind: DecisionNode.Kind) -> [Int] {
        nodes.indices.filter { nodes[$0].kind == kind }
    }
}

/// A name with the model that it is of.
struct DecisionName: Hashable, Sendable {
    private let namespace: ExactText
    private let name: ExactText

    init(namespace: String, name: String) {
        (self.namespace, self.name) = (ExactText(namespace), ExactText(name))
    }
}
