namespace ExEngine.Core.Portfolio.Activities;

/// <summary>What a trader wants to be told of.</summary>
public enum ActivityKind
{
    /// <summary>An order of a signal, a bot or a person was executed, whole or in part.</summary>
    Fill,

    /// <summary>A stop or a target that the engine keeps for a position was executed, whole or in part.</summary>
    ProtectionExit,

    /// <summary>A signal or an order was refused, came too late or failed: nothing was traded, or not all of it.</summary>
    Refusal,

    /// <summary>Something that a person has to know of, because money may depend on it.</summary>
    Alarm,
}
