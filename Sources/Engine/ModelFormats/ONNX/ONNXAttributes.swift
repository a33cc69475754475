// SPDX-License-Identifier: Apache-2.0

// The attributes of each operator, over all versions of its domain. One that is not listed could
// change every score, so it is an error.

/// Attributes by operator.
enum ONNXAttributes {
    /// The attributes that an operator may have; nil for one that is not supported.
    static func names(of operation: String) -> Set<String>? {
        if ONNXGraph.unaryOperators[operation] != nil { return legacy }
        if ONNXGraph.variadicOperators[operation] != nil { return legacy }
        // Without its "axis", which places the smaller tensor elsewhere.
        if ONNXGraph.binaryOperators[operation] != nil { return legacy.union(["broadcast"]) }
        if ONNXGraph.comparisons[operation] != nil { return ["broadcast"] }
        if ONNXGraph.reductions[operation] != nil {
            return ["axes", "keepdims", "noop_with_empty_axes"]
        }
        return learned[operation] ?? moves[operation] ?? others[operation]
    }

    /// What the first versions noted about memory.
    private static let legacy: Set<String> = ["consumed_inputs"]

    private static let trees: Set<String> = [
        "base_values", "base_values_as_tensor", "nodes_falsenodeids", "nodes_featureids",
        "nodes_missing_value_tracks_true", "nodes_modes", "nodes_nodeids", "nodes_treeids",
        "nodes_truenodeids", "nodes_values", "nodes_values_as_tensor", "post_transform",
        // How often training rows came by.
        "nodes_hitrates", "nodes_hitrates_as_tensor",
    ]

    private static let learned: [String: Set<String>] = [
        "ai.onnx.ml.TreeEnsembleClassifier": trees.union([
            "class_ids", "class_nodeids", "class_treeids", "class_weights",
            "class_weights_as_tensor", "classlabels_int64s", "classlabels_strings",
        ]),
        "ai.onnx.ml.TreeEnsembleRegressor": trees.union([
            "aggregate_function", "n_targets", "target_ids", "target_nodeids", "target_treeids",
            "target_weights", "target_weights_as_tensor",
        ]),
        "ai.onnx.ml.TreeEnsemble": [
            "aggregate_function", "leaf_targetids", "leaf_weights", "membership_values",
            "n_targets", "nodes_falseleafs", "nodes_falsenodeids", "nodes_featureids",
            "nodes_missing_value_tracks_true", "nodes_modes", "nodes_splits", "nodes_trueleafs",
            "nodes_truenodeids", "post_transform", "tree_roots", "nodes_hitrates",
        ],
        // "multi_class" says how the model was trained.
        "ai.onnx.ml.LinearClassifier": [
            "classlabels_ints", "classlabels_strings", "coefficients", "intercepts",
            "post_transform", "multi_class",
        ],
        "ai.onnx.ml.LinearRegressor": [
            "coefficients", "intercepts", "post_transform", "targets",
        ],
        "ai.onnx.ml.Scaler": ["offset", "scale"],
        "ai.onnx.ml.Imputer": [
            "imputed_value_floats", "imputed_value_int64s", "replaced_value_float",
            "replaced_value_int64",
        ],
        "ai.onnx.ml.Normalizer": ["norm"],
        "ai.onnx.ml.Binarizer": ["threshold"],
        "ai.onnx.ml.LabelEncoder": [
            "default_float", "default_int64", "default_string", "default_tensor", "keys_floats",
            "keys_int64s", "keys_strings", "keys_tensor", "values_floats", "values_int64s",
            "values_strings", "values_tensor",
        ],
        "ai.onnx.ml.OneHotEncoder": ["cats_int64s", "cats_strings", "zeros"],
        "ai.onnx.ml.ArrayFeatureExtractor": [],
        "ai.onnx.ml.FeatureVectorizer": ["inputdimensions"],
        "ai.onnx.ml.ZipMap": ["classlabels_int64s", "classlabels_strings"],
    ]

    private static let moves: [String: Set<String>] = [
        "Identity": [],
        // Of training: nothing is dropped when a model is in use.
        "Dropout": ["consumed_inputs", "is_test", "ratio", "seed"],
        "Reshape": ["allowzero", "consumed_inputs", "shape"],
        "Flatten": ["axis"],
        "Squeeze": ["axes"],
        "Unsqueeze": ["axes"],
        "Transpose": ["perm"],
        "Concat": ["axis"],
        "Slice": ["axes", "ends", "starts"],
        "Gather": ["axis"],
        "Constant": [
            "value", "value_float", "value_floats", "value_int", "value_ints", "value_string",
            "value_strings",
        ],
        "Shape": ["end", "start"],
        "ConstantOfShape": ["value"],
        "Expand": [],
    ]

    private static let others: [String: Set<String>] = [
        // The last two are of types that no table has.
        "Cast": ["to", "round_mode", "saturate"],
        "Clip": ["consumed_inputs", "max", "min"],
        "Where": [],
        "Not": [],
        "IsNaN": [],
        "Relu": ["consumed_inputs"],
        "Erf": [],
        "MatMul": [],
        "Gemm": ["alpha", "beta", "broadcast", "transA", "transB"],
        "Softmax": ["axis"],
        "LogSoftmax": ["axis"],
        "ArgMax": ["axis", "keepdims", "select_last_index"],
        "ArgMin": ["axis", "keepdims", "select_last_index"],
    ]
}
