using Tributary.Cli;

return await Entry.RunAsync(args, ProgramCall.OfProcess());
