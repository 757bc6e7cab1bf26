import { useQuery } from '@tanstack/react-query';
import { answered, api } from '../../shared/api.js';

export const useRevisions = () =>
  useQuery({ queryKey: ['revisions'], queryFn: () => answered(api.GET('/api/v1/revisions')) });
