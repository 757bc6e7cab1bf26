/** How ready the installation is, as several pages show it. */
import { useQuery } from '@tanstack/react-query';
import { answered, api } from '../shared/api.js';

export const useReadiness = () =>
  useQuery({ queryKey: ['readiness'], queryFn: () => answered(api.GET('/api/v1/readiness')) });
